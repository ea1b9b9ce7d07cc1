import { readFileSync } from 'node:fs';

/** The body of a chat that has only what it needs. */
const PLAIN = '<div class="page"><main></main><form><textarea></textarea></form></div>';

/**
 * Every page that is measured. `script` is bundled for it; `own` comes as the candidate ships it.
 * @type {Record<string, { label: string, packages?: string[], body?: string, root?: string, own?: string }>}
 */
export const WIDGETS = {
  floor: { label: 'floor page', script: 'floor', body: PLAIN },
  'floor-still': {
    label: 'floor page that does not scroll',
    script: 'floor',
    body: PLAIN,
    root: 'data-still',
  },
  ours: {
    label: 'chat-stream',
    script: 'ours',
    body: '<chat-stream></chat-stream>',
    own: '/dist/chat-stream.js',
  },
  'ai-sdk': {
    label: 'AI SDK with streamdown, 50 ms throttle',
    script: 'ai-sdk',
    packages: ['ai', 'streamdown'],
  },
  tdesign: { label: 'TDesign chat', script: 'tdesign', packages: ['tdesign-web-components'] },
  carbon: { label: 'Carbon AI chat', script: 'carbon', packages: ['@carbon/ai-chat'] },
  'deep-chat': { label: 'deep-chat', script: 'deep-chat', packages: ['deep-chat'] },
  n8n: { label: 'n8n chat', script: 'n8n', packages: ['@n8n/chat'] },
};

/** The page of a candidate. The probe stands first, so that it sees all of it. */
export function pageOf(name, styles) {
  const { body = '', root = '', own, script } = WIDGETS[name];
  const links = ['/page.css', ...styles].map((href) => `<link rel="stylesheet" href="${href}" />`).join('\n');
  const scripts = [own, `/${script}/main.js`].filter(Boolean);
  return `<!doctype html>
<html lang="en" ${root}>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width" />
<title>${name}</title>
<script>${readFileSync(new URL('probe.js', import.meta.url), 'utf8')}</script>
${links}
<body>
${body}
${scripts.map((src) => `<script type="module" src="${src}"></script>`).join('\n')}
`;
}
