import { html } from 'lit';
import type { ChatStreamElement } from '../../src/elements/chat-stream.js';
import type { ChatStreamProviderElement } from '../../src/elements/provider.js';
import { DirectTransport } from '../../src/transport/direct-transport.js';
import { expect, fixture, until } from '../support/index.js';
import { inside, is, part, shows } from './helpers.js';

const transport = new DirectTransport(async function* () {
  yield 'Indeed';
});

describe('slots and parts', () => {
  it('are all there, with our own parts in them', async () => {
    const element = await fixture(html`<chat-stream label="Ask"></chat-stream>`);
    const names = [...element.shadowRoot!.querySelectorAll('slot')].map(({ name }) => name);
    expect(names).to.have.members(['header', 'messages', 'empty', 'composer', 'footer']);
    for (const name of ['messages', 'composer'] as const)
      expect(inside(element, `slot[name=${name}] > chat-stream-${name}`)).to.exist;
  });

  it('take what a page puts into them', async () => {
    const element = await fixture<ChatStreamElement>(
      html`<chat-stream .transport=${transport}>
        <h1 slot="header">Mine</h1>
        <p slot="empty">Nothing yet</p>
        <chat-stream-composer slot="composer" placeholder="Own"></chat-stream-composer>
        <small slot="footer">Small print</small>
      </chat-stream>`,
    );
    await until(() => shows(element, 'Nothing yet'));
    expect(shows(element, 'What would you like to know?')).to.equal(false);
    const own = element.querySelector('chat-stream-composer')!;
    own.value = 'Hi';
    await own.updateComplete;
    inside(own, 'button')!.click();
    await is(element, 'complete');
    await until(() => shows(element, 'Indeed'));
    element.focus();
    expect(document.activeElement).to.equal(own);
  });

  it('follow a replaced list', async () => {
    const element = await fixture<ChatStreamElement>(
      html`<chat-stream .transport=${transport}
        ><chat-stream-messages slot="messages"></chat-stream-messages
      ></chat-stream>`,
    );
    await element.send('Hi');
    await until(() => shows(element.querySelector('chat-stream-messages')!, 'Indeed'));
    await until(() => element.matches(':state(at-end)'));
  });

  it('work alone under a provider', async () => {
    const provider = await fixture<ChatStreamProviderElement>(
      html`<chat-stream-provider .transport=${transport} suggestions='["One"]'>
        <div>
          <chat-stream-messages></chat-stream-messages><chat-stream-suggestions></chat-stream-suggestions>
        </div>
        <chat-stream-composer></chat-stream-composer>
      </chat-stream-provider>`,
    );
    expect(getComputedStyle(provider).display).to.equal('contents');
    const suggestions = provider.querySelector('chat-stream-suggestions')!;
    await until(() => shows(suggestions, 'One'));
    inside(suggestions, 'button')!.click();
    await is(provider, 'complete');
    await until(() => shows(part(provider, 'chat-stream-messages'), 'Indeed'));
    provider.focus();
    expect(document.activeElement).to.equal(provider.querySelector('chat-stream-composer'));
  });

  it("prefer a part's own chat", async () => {
    const other = await fixture<ChatStreamElement>(html`<chat-stream .transport=${transport}></chat-stream>`);
    await other.send('Elsewhere');
    const provider = await fixture(
      html`<chat-stream-provider
        ><chat-stream-messages .chat=${other.chat}></chat-stream-messages
      ></chat-stream-provider>`,
    );
    const list = part(provider, 'chat-stream-messages');
    await until(() => shows(list, 'Elsewhere') && shows(list, 'Indeed'));
    list.chat = undefined;
    await until(() => !shows(list, 'Elsewhere'));
  });

  it('can be styled from outside', async () => {
    const element = await fixture<ChatStreamElement>(
      html`<chat-stream .transport=${transport}></chat-stream>`,
    );
    await element.send('Hi');
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      'chat-stream::part(message__bubble) { scroll-margin-top: 7px } chat-stream::part(composer__field) { scroll-margin-top: 9px }',
    );
    document.adoptedStyleSheets.push(sheet);
    const message = part(part(element, 'chat-stream-messages'), 'chat-stream-message');
    await message.updateComplete;
    const widths = [
      inside(message, '.bubble')!,
      inside(part(element, 'chat-stream-composer'), 'textarea')!,
    ].map((node) => getComputedStyle(node).scrollMarginTop);
    document.adoptedStyleSheets.pop();
    expect(widths).to.deep.equal(['7px', '9px']);
  });

  it('leave out the header when asked, and follow their own size', async () => {
    const element = await fixture<ChatStreamElement>(html`<chat-stream without-header></chat-stream>`);
    expect(inside(element, 'header')).to.equal(null);
    expect(element.offsetHeight).to.be.greaterThan(419);
    await fixture(html`<chat-stream hidden></chat-stream>`).then((hidden) =>
      expect(getComputedStyle(hidden).display).to.equal('none'),
    );
  });
});
