import type { Passage } from './documents.js';
import { blocksOf } from './excerpt.js';
import { pagePath } from './docs-answer.js';
import { htmlResponse } from './site.js';
import type { Library } from './search.js';

/** The pages that sources lead to: a document's passages as they are written, each under its heading. */
export function createDocPages(library: () => Promise<Library>) {
  return async (pathname: string): Promise<Response | undefined> => {
    if (!pathname.startsWith('/docs/')) return undefined;
    const { passages } = await library();
    const shown = passages.filter(({ file }) => encodeURI(pagePath(file)) === pathname);
    return shown.length ? htmlResponse(render(shown)) : undefined;
  };
}

function render(passages: Passage[]): string {
  const { title, file } = passages[0]!;
  const sections = passages.map(
    ({ heading, slug, text }) =>
      `<section id="${escape(slug)}">${heading === title ? '' : `<h2>${escape(heading)}</h2>`}${blocksOf(text).map(renderBlock).join('\n')}</section>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="icon" href="/demo/icon.svg">
<link rel="stylesheet" href="/demo/page.css">
<link rel="stylesheet" href="/demo/doc.css">
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

/** Readable, not rendered: prose flows, lists keep their lines, code and tables stand as they are written. */
function renderBlock(block: string): string {
  const code = /^\s*(`{3,}|~{3,})[^\n]*\n([\s\S]*?)\n?\s*\1\s*$/.exec(block)?.[2];
  if (code !== undefined || block.startsWith('|')) return `<pre>${escape(code ?? block)}</pre>`;
  return `<p${/^\s*([-*+]|\d+\.)\s/.test(block) ? ' class="list"' : ''}>${escape(block)}</p>`;
}

const escape = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
