import '../../src/index.js';

import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { ChatStreamProviderElement } from '../../src/elements/provider.js';
import { expect, fixture, onCleanup, press, until } from '../support/index.js';
import { field, part, shows } from './helpers.js';
import { failure, goOn, Script, text, waitFor } from './wait-helpers.js';

/** What all live regions within an element say, in order. */
function listen(...elements: Element[]): string[] {
  const said: string[] = [];
  const observer = new MutationObserver((records) => {
    for (const { target } of records) {
      const words = target.textContent;
      const kind = (target as Element).closest('[aria-live]')?.getAttribute('aria-live');
      if (words && kind) said.push(`${kind}: ${words}`);
    }
  });
  for (const element of elements)
    observer.observe(element.shadowRoot!, { childList: true, characterData: true, subtree: true });
  onCleanup(() => observer.disconnect());
  return said;
}

/** A chat whose parts are where the page wants them. */
async function arranged(
  parts: TemplateResult = html`<main><chat-stream-messages></chat-stream-messages></main>
    <chat-stream-composer></chat-stream-composer>`,
): Promise<{ provider: ChatStreamProviderElement; script: Script }> {
  const script = new Script();
  const provider = await fixture<ChatStreamProviderElement>(
    html`<chat-stream-provider .transport=${script}>${parts}</chat-stream-provider>`,
  );
  return { provider, script };
}

describe('parts that a page has arranged', () => {
  it('have one announcer beside them, empty from the first render', async () => {
    const { provider } = await arranged();
    const regions = [...provider.shadowRoot!.querySelectorAll('[aria-live]')];
    expect(regions.map((region) => region.getAttribute('aria-live'))).to.deep.equal(['polite', 'assertive']);
    expect(regions.map((region) => region.textContent.trim())).to.deep.equal(['', '']);
  });

  it('say what a whole widget says', async () => {
    const { provider, script } = await arranged();
    const said = listen(provider);
    field(provider).focus();
    part(provider, 'chat-stream-composer').value = 'Go';
    await press('Enter');
    await until(() => script.asked === 1);
    script.push(text('Half'));
    await until(() => shows(provider, 'Half'));
    script.push(waitFor('resume', 20_000));
    await until(() => said.length === 2);
    script.push(goOn, text(' and more'));
    await until(() => said.length === 3);
    script.push({ type: 'run-end' });
    await until(() => said.length === 4);
    expect(said).to.deep.equal([
      'polite: Working',
      'polite: Connection lost. Reconnecting',
      'polite: Answering',
      'polite: Answer complete',
    ]);
  });

  it('say a failure at once, and in the page’s words, unless the page tells of it', async () => {
    const { provider, script } = await arranged();
    provider.strings = { working: 'Einen Moment', error: () => 'Das ging schief' };
    await provider.updateComplete;
    const said = listen(provider);
    const fail = async (count: number) => {
      void provider.send('Go');
      await until(() => script.asked === count);
      script.push({ type: 'run-error', ...failure({ code: 'http', status: 400 }) });
      await until(() => provider.status === 'error');
    };
    await fail(1);
    await until(() => said.length === 2);
    provider.addEventListener('chat-error', (event) => event.preventDefault());
    await fail(2);
    await until(() => said.length === 3);
    expect(said).to.deep.equal([
      'polite: Einen Moment',
      'assertive: Das ging schief',
      'polite: Einen Moment',
    ]);
  });

  it('take no room on the page', async () => {
    const { provider } = await arranged(html`<div></div>`);
    const box = provider.parentElement!;
    for (const [name, value] of Object.entries({ overflow: 'auto', 'block-size': '100px' }))
      box.style.setProperty(name, value);
    provider.querySelector('div')!.style.setProperty('block-size', '100px');
    expect([box.scrollHeight, box.scrollWidth]).to.deep.equal([box.clientHeight, box.clientWidth]);
  });
});

describe('a chat that is shown twice', () => {
  it('is announced once, by whoever is left', async () => {
    const { provider, script } = await arranged();
    const { provider: other } = await arranged();
    other.chat = provider.chat;
    await other.updateComplete;
    const said = listen(provider, other);
    const answered = async (count: number) => {
      void provider.chat.send('Go');
      await until(() => script.asked === count);
      script.push(waitFor('resume', 20_000));
      await until(() => said.some((words) => words.includes('Reconnecting')));
      script.push(goOn, text('Yes'));
      await until(() => said.some((words) => words.includes('Answering')));
      script.push({ type: 'run-end' });
      await until(() => said.some((words) => words.includes('complete')));
      return said.splice(0);
    };
    const once = [
      'polite: Working',
      'polite: Connection lost. Reconnecting',
      'polite: Answering',
      'polite: Answer complete',
    ];
    expect(await answered(1)).to.deep.equal(once);
    provider.remove();
    const { chat } = other;
    void chat.send('Go on');
    await until(() => said.length === 1);
    expect(said).to.deep.equal(['polite: Working']);
  });

  it('is not announced by a widget around it', async () => {
    const script = new Script();
    const outer = await fixture(
      html`<chat-stream without-header>
        <chat-stream-provider slot="messages" .transport=${script}>
          <chat-stream-messages></chat-stream-messages>
        </chat-stream-provider>
      </chat-stream>`,
    );
    const inner = outer.querySelector('chat-stream-provider')!;
    await inner.updateComplete;
    const said = listen(inner, outer);
    void inner.send('Go');
    await until(() => script.asked === 1);
    script.push(waitFor('resume', 20_000));
    await until(() => said.length === 2);
    expect(said).to.deep.equal(['polite: Working', 'polite: Connection lost. Reconnecting']);
  });
});
