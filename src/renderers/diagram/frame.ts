import mermaid, { type MermaidConfig } from 'mermaid';
import type { Drawing, Theme } from './theme.js';
import { variables } from './variables.js';

/* The script of diagram.html: draws what comes over a port, and answers with words and numbers alone. */

/** A diagram shrinks to fit, but no further than this: then it scrolls. */
const LEAST_SCALE = 0.7;
const OURS = [
  ...[
    'secure',
    'securityLevel',
    'startOnLoad',
    'maxTextSize',
    'maxEdges',
    'suppressErrorRendering',
    'htmlLabels',
  ],
  ...[
    'theme',
    'themeVariables',
    'themeCSS',
    'darkMode',
    'fontFamily',
    'altFontFamily',
    'dompurifyConfig',
    'layout',
  ],
];
/** What may navigate, load or run: none of it is left in what was drawn. */
const UNWANTED = 'script, image, foreignObject, iframe, object, embed, audio, video, animate, set';

const config = (theme: Theme): MermaidConfig => ({
  startOnLoad: false,
  securityLevel: 'strict',
  htmlLabels: false,
  // The other one is not in our bundle.
  layout: 'dagre',
  maxTextSize: 20_000,
  maxEdges: 300,
  suppressErrorRendering: true,
  // A directive in the source changes none of these.
  secure: OURS,
  fontFamily: theme.font,
  theme: 'base',
  darkMode: theme.dark,
  themeVariables: variables(theme),
  fontSize: 14,
});

async function draw({ source, theme }: Drawing, port: MessagePort): Promise<void> {
  const box = document.createElement('div');
  box.textContent = source;
  document.documentElement.style.colorScheme = theme.dark ? 'dark' : 'light';
  document.body.replaceChildren(box);
  try {
    mermaid.initialize(config(theme));
    await mermaid.run({ nodes: [box] });
    const svg = box.querySelector('svg')!;
    tidy(svg);
    fit(svg);
    port.postMessage(svg.getBoundingClientRect().height);
  } catch {
    port.postMessage('failed');
  }
}

function tidy(svg: SVGSVGElement): void {
  for (const element of svg.querySelectorAll(UNWANTED)) element.remove();
  for (const element of svg.querySelectorAll('*')) {
    for (const { name, localName, value } of [...element.attributes]) {
      const local = localName === 'href' && value.startsWith('#');
      if (name.startsWith('on') || (localName === 'href' && !local)) element.removeAttribute(name);
    }
  }
}

function fit(svg: SVGSVGElement): void {
  const { width, height } = svg.viewBox.baseVal;
  const shown = Math.min(width, Math.max(innerWidth, width * LEAST_SCALE));
  svg.style.maxWidth = 'none';
  svg.setAttribute('width', String(shown));
  svg.setAttribute('height', String((height * shown) / width));
}

function serve(port: MessagePort): void {
  port.addEventListener('message', ({ data }: MessageEvent<Drawing>) => void draw(data, port));
  port.start();
  port.postMessage('ready');
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => port.postMessage('theme'));
  addEventListener('resize', () => {
    const svg = document.querySelector('svg');
    if (!svg) return;
    fit(svg);
    port.postMessage(svg.getBoundingClientRect().height);
  });
}

addEventListener('message', ({ source, ports: [port] }) => {
  if (source === parent && port) serve(port);
});
// No link of a diagram leads anywhere.
addEventListener('click', (event) => event.preventDefault(), { capture: true });
