import type { Passage } from './documents.js';
import { blocksOf, portable } from './excerpt.js';
import { absolute, pagePath } from './docs-answer.js';
import { htmlResponse } from './site.js';
import type { Library } from './search.js';

/** The pages that sources lead to: a document's passages, each under its heading, drawn by the widget's own writer. */
export function createDocPages(library: () => Promise<Library>) {
  return async ({ pathname, origin }: URL): Promise<Response | undefined> => {
    if (!pathname.startsWith('/docs/')) return undefined;
    const { passages } = await library();
    const shown = passages.filter(({ file }) => encodeURI(pagePath(file)) === pathname);
    return shown.length ? htmlResponse(render(shown, origin)) : undefined;
  };
}

function render(passages: Passage[], origin: string): string {
  const { title, file } = passages[0]!;
  const sections = passages.map(
    (passage) =>
      `<section id="${escape(passage.slug)}">${passage.heading === title ? '' : `<h2>${escape(passage.heading)}</h2>`}${textOf(passage, origin)}</section>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="icon" href="/demo/icon.svg">
<link rel="stylesheet" href="/demo/page.css">
<link rel="stylesheet" href="/demo/doc.css">
<script type="module" src="/dist/chat-stream.js"></script>
<body class="doc">
<main>
<h1>${escape(title)}</h1>
<p class="doc-file">${escape(file)} · <a href="/">Back to the demo</a></p>
${sections.join('\n')}
</main>
</body>
</html>
`;
}

function textOf(passage: Passage, origin: string): string {
  const text = portable(passage.text, absolute(passage, origin));
  const meanwhile = blocksOf(passage.text).map(renderBlock).join('\n');
  return `<chat-stream-markdown complete text="${escape(text)}">${meanwhile}</chat-stream-markdown>`;
}

/** Until the writer is there. Readable, not rendered: prose flows, lists keep their lines, code and tables stand as they are written. */
function renderBlock(block: string): string {
  const code = /^\s*(`{3,}|~{3,})[^\n]*\n([\s\S]*?)\n?\s*\1\s*$/.exec(block)?.[2];
  if (code !== undefined || block.startsWith('|')) return `<pre>${escape(code ?? block)}</pre>`;
  return `<p${/^\s*([-*+]|\d+\.)\s/.test(block) ? ' class="list"' : ''}>${escape(block)}</p>`;
}

const escape = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
