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
      await until(() => element?.shadowRoot?.childElementCount, 'the element came up');
      expect(element?.constructor).to.equal(page.customElements.get('chat-stream'));
    });
  }

  it('has a space between words that stand beside each other', async () => {
    const page = await pageWith('chat-stream.single.js');
    await until(() => page.customElements.get('chat-stream-tool-call'), 'it came up');
    const call = page.document.createElement('chat-stream-tool-call');
    call.call = { type: 'tool-call', id: '1', name: 'search', inputText: '', state: 'error', done: true };
    const message = page.document.createElement('chat-stream-message');
    const url = 'https://example.com/';
    message.message = {
      id: '1',
      role: 'assistant',
      status: 'complete',
      createdAt: 0,
      metadata: {},
      parts: [
        { type: 'source', id: '2', url, title: 'google.com', done: true },
        { type: 'file', id: '3', url, name: 'google.com', mediaType: 'text/plain', done: true },
      ],
    };
    page.document.body.append(call, message);
    await Promise.all([call.updateComplete, message.updateComplete]);
    expect(call.shadowRoot!.textContent).to.match(/Search\s+failed/);
    for (const link of message.shadowRoot!.querySelectorAll('a'))
      expect(link.textContent).to.match(/google\.com\s+\(example\.com\)/);
  });
});
