import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A stretch of a document below one heading. */
export interface Passage {
  /** Path of the file in the project, `docs/theming.md`. */
  file: string;
  /** The document's own title. */
  title: string;
  heading: string;
  /** The heading as a fragment; unique within its file. */
  slug: string;
  /** Markdown below the heading, without it. */
  text: string;
}

/** README.md, CONTRIBUTING.md, SECURITY.md and everything in `docs/`, in passages. What does not exist is left out. */
export async function readPassages(root: string): Promise<Passage[]> {
  const inDocs = await readdir(join(root, 'docs'), { recursive: true }).catch(() => []);
  const files = [
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    ...inDocs.sort((a, b) => (a < b ? -1 : 1)).map((file) => `docs/${file.replaceAll('\\', '/')}`),
  ];
  const read = async (file: string): Promise<Passage[]> => {
    const text = await readFile(join(root, file), 'utf8').catch(() => '');
    return splitDocument(file, text);
  };
  return (await Promise.all(files.filter((file) => file.endsWith('.md')).map(read))).flat();
}

/** Cuts a Markdown document at its headings; `#` within code fences is no heading. */
export function splitDocument(file: string, markdown: string): Passage[] {
  const passages: Passage[] = [];
  const slugs = new Map<string, number>();
  let title = '';
  let fence = '';
  let current: { heading: string; lines: string[] } | undefined;

  const finish = (): void => {
    const text = current?.lines.join('\n').trim();
    if (current && text)
      passages.push({ file, title, heading: current.heading, slug: uniqueSlug(current.heading), text });
  };
  const uniqueSlug = (heading: string): string => {
    const slug = slugify(heading);
    const seen = slugs.get(slug) ?? 0;
    slugs.set(slug, seen + 1);
    return seen ? `${slug}-${seen}` : slug;
  };

  for (const line of markdown.replaceAll('\r\n', '\n').split('\n')) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && !fence) fence = mark;
    else if (mark && mark.startsWith(fence) && line.trim() === mark) fence = '';
    const heading = fence ? undefined : /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1];
    if (heading === undefined) {
      current ??= { heading: file, lines: [] };
      current.lines.push(line);
    } else {
      finish();
      current = { heading: plain(heading), lines: [] };
      title ||= current.heading;
    }
  }
  finish();
  return passages.map((passage) => ({ ...passage, title: title || file }));
}

/** As the usual forges make fragments of headings. */
function slugify(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}

/** A heading without its inline Markdown; what looks like a tag within code is a name and stays. */
function plain(heading: string): string {
  return heading
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/`([^`]+)`|<[^>]*>|\*\*?/g, '$1')
    .trim();
}
