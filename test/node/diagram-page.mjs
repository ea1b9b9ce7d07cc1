export const FLOW = 'flowchart LR\n  A[Question] --> B[Answer]\n';

/** Answers to the page as no honest frame would. */
export const LIAR = `<!doctype html><script>addEventListener('message', ({ ports: [port] }) => {
  port.onmessage = () => {
    for (const lie of [NaN, -1, '9', {}, [1], null, 'theme ', new Map()]) port.postMessage(lie);
    port.postMessage(1e9);
  };
  port.postMessage('ready');
  parent.postMessage('failed', '*');
})</script>`;

/** A page that draws what it is told to. */
export const PAGE = `<!doctype html><html lang="en"><title>Diagrams</title><link rel="stylesheet" href="/page.css">
<script type="module" src="/page.js"></script><main></main>`;
export const STYLE =
  'pre { position: relative } iframe { border: 0; inline-size: 100% } [hidden] { display: none }';
export const SCRIPT = `import { mermaidIn } from '/mermaid.js';
window.fenced = (source, address = '/diagram.html') => {
  const element = document.createElement('pre');
  const code = document.createElement('code');
  code.textContent = source;
  element.append(code);
  document.querySelector('main').append(element);
  new MutationObserver(() => {
    element.dataset.is = element.querySelector('button') ? 'drawn' : element.querySelector('iframe') ? 'tried' : 'code';
  }).observe(element, { childList: true, subtree: true });
  const block = { kind: 'code', element, language: 'mermaid', display: false, text: () => source };
  mermaidIn(new URL(address, location.href))(block).end();
};`;
