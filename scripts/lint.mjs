import { pathToFileURL } from 'node:url';

import { filesBelow, sourceOf } from './imports.mjs';
import { tool } from './run.mjs';

/** What the linter does not see, because it stands inside a template's text. */
const TEMPLATE_WORDS = [
  { pattern: /[\s.](inner|outer)HTML=/i, why: 'no HTML string is ever parsed' },
  { pattern: /[\s.]srcdoc=/i, why: 'no HTML string is ever parsed' },
  { pattern: /<[^>]*\sstyle=/, why: 'an inline style breaks a strict policy' },
  { pattern: /<[^>]*\son[a-z]+=/, why: 'an inline handler breaks a strict policy' },
];

/** @returns {string[]} */
function templateBreaches() {
  return filesBelow('src', /\.ts$/).flatMap((file) =>
    sourceOf(file)
      .split('\n')
      .flatMap((text, index) => {
        if (/^\s*(\*|\/\/|\/\*)/.test(text)) return [];
        const word = TEMPLATE_WORDS.find(({ pattern }) => pattern.test(text));
        return word ? [`${file}:${index + 1} ${word.why}`] : [];
      }),
  );
}

/** @returns {Promise<string>} what is wrong, or nothing */
export async function lint() {
  const { code, output } = await tool('oxlint', ['--type-aware', '--deny-warnings', '--format=unix'], {
    quiet: true,
  });
  return [...(code === 0 ? [] : [output.trim()]), ...templateBreaches()].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const wrong = await lint();
  if (wrong) console.log(wrong);
  process.exitCode = wrong ? 1 : 0;
}
