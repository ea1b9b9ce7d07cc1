import '../../src/index.js';
import { register } from '../../src/elements/register.js';
import { expect, frame, until } from '../support/index.js';

async function warnings(body: () => void | Promise<void>): Promise<string[]> {
  const { warn } = console;
  const seen: string[] = [];
  console.warn = (text: string) => void seen.push(text);
  await body();
  console.warn = warn;
  return seen;
}

describe('registering', () => {
  it('defines every tag', () => {
    for (const name of [
      '',
      '-provider',
      '-messages',
      '-message',
      '-markdown',
      '-composer',
      '-suggestions',
      '-tool-call',
    ]) {
      expect(customElements.get(`chat-stream${name}`), name).to.exist;
    }
  });

  it('leaves a tag that is taken, and warns once', async () => {
    const first = customElements.get('chat-stream')!;
    const other = class extends HTMLElement {};
    const seen = await warnings(() => {
      register({ 'chat-stream': other, 'chat-stream-message': class extends HTMLElement {} });
      register({ 'chat-stream': first });
    });
    expect(seen).to.have.length(1);
    expect(seen[0]).to.include('chat-stream, chat-stream-message');
    expect(customElements.get('chat-stream')).to.equal(first);
  });

  it('is harmless when a page loads the script twice', async () => {
    const page = await frame('/test/elements/twice.html');
    const element = page.contentDocument!.querySelector('chat-stream')!;
    await until(() => element.shadowRoot && /Once/.test(element.shadowRoot.textContent));
    expect(page.contentDocument!.querySelectorAll('chat-stream')).to.have.length(1);
  });
});
