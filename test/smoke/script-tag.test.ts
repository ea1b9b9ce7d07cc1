import { expect, frame, play, until } from '../support/index.js';

/** A page with these scripts and the tag, as a site would have it. */
async function pageWith(...files: string[]): Promise<Window & typeof globalThis> {
  const scripts = files.map((file) => `<script type="module" src="/dist/${file}"></script>`).join('');
  const html = `<!doctype html><html lang="en"><head><title>A site</title>
    <script src="/test/support/frame-faults.js"></script>${scripts}</head>
    <body><chat-stream endpoint="/nowhere"></chat-stream></body></html>`;
  const { url } = await play({
    answers: [{ headers: { 'content-type': 'text/html' }, steps: [{ write: html }] }],
  });
  const { contentWindow } = await frame(url);
  return contentWindow as Window & typeof globalThis;
}

// Needs the built files: npm test builds them.
const built = (await fetch('/dist/chat-stream.single.js', { method: 'HEAD' })).ok;

(built ? describe : describe.skip)('the built script (from dist: npm run build)', () => {
  for (const files of [
    ['chat-stream.js'],
    ['chat-stream.single.js'],
    ['chat-stream.js', 'chat-stream.single.js'],
    ['chat-stream.single.js', 'chat-stream.js', 'chat-stream.js'],
  ]) {
    it(`registers the tag once: ${files.join(', ')}`, async () => {
      const page = await pageWith(...files);
      const element = page.document.querySelector('chat-stream');
      // The test server takes the built files apart when they are first asked for.
      await until(() => element?.shadowRoot?.childElementCount, 'the element came up', { timeout: 25_000 });
      expect(element?.constructor).to.equal(page.customElements.get('chat-stream'));
    });
  }
});
