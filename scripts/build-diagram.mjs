import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

import { at } from './run.mjs';

/**
 * Parts of Mermaid that answers hardly ever use, together 45 % of its bytes: another layout, TeX in labels, diagrams of
 * the last versions. A diagram that asks for one stays code.
 */
const LEFT_OUT = [
  /^elkjs(\/|$)/,
  /^katex$/,
  /\/(swimlanes|usecase|wardley|cynefin|railroad|ebnf|abnf|peg|venn|ishikawa|bpmn)[^/]*\.mjs$/,
];

/** Of those whose code is in the page. */
const LICENSES = 'diagram.licenses.md';

/** @type {import('vite').Plugin} */
const leaveOut = {
  name: 'leave-out',
  enforce: 'pre',
  resolveId: (id) => (LEFT_OUT.some((pattern) => pattern.test(id)) ? '\0left-out' : undefined),
  load: (id) => (id === '\0left-out' ? 'export default undefined' : undefined),
};

async function script() {
  // Not before: `npm start` and `npm test` install the packages themselves.
  const { build } = await import('vite');
  const made = await build({
    configFile: false,
    root: at('.'),
    logLevel: 'warn',
    publicDir: false,
    plugins: [leaveOut],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      license: { fileName: LICENSES },
      lib: { entry: at('src/renderers/diagram/frame.ts'), formats: ['iife'], name: 'diagram' },
      rolldownOptions: { output: { codeSplitting: false, minify: true, comments: { legal: false } } },
    },
  });
  const [bundle] = /** @type {import('vite').Rollup.RollupOutput[]} */ (made);
  if (!bundle) throw new Error('The script of diagram.html was not built');
  const licenses = bundle.output.find(({ fileName }) => fileName === LICENSES);
  if (licenses?.type !== 'asset') throw new Error('The licences of diagram.html were not written');
  // Within a script element some of these would begin or end something; development servers take the others for the page's
  // own and write their script into this one.
  const code = bundle.output[0].code
    .replaceAll('<!--', '\\x3c!--')
    .replaceAll(/<(?=\/?(?:script|html|head|body)\b)/gi, '\\x3c')
    .replaceAll('\x01', '\\x01')
    .trim();
  return { code, licenses: licenses.source };
}

/**
 * Writes diagram.html, the page of the frame that draws Mermaid diagrams: one file, whose policy lets its own script run
 * and nothing be requested.
 * @param {string} folder
 */
export async function buildDiagram(folder) {
  const { code, licenses } = await script();
  const hash = createHash('sha256').update(code).digest('base64');
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;
  const page = [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<title>Diagram</title>',
    '<style>html{overflow:auto hidden;scrollbar-width:thin}body{margin:0}svg{display:block;margin:auto}</style>',
    '</head>',
    '<body>',
    `<script>${code}</script>`,
  ];
  mkdirSync(folder, { recursive: true });
  const bytes = Buffer.from(`${page.join('\n')}\n`);
  writeFileSync(join(folder, 'diagram.html'), bytes);
  writeFileSync(join(folder, LICENSES), licenses);
  return { bytes: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { bytes, gzip } = await buildDiagram(at('dist'));
  console.log(`diagram.html: ${bytes.toLocaleString('en')} bytes, ${gzip.toLocaleString('en')} gzip`);
}
