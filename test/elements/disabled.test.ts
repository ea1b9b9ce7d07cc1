import '../../src/define-widget.js';

import { html } from 'lit';
import type { ChatStreamElement } from '../../src/elements/chat-stream.js';
import { expect, fixture, press, until } from '../support/index.js';
import {
  broken,
  buttonNamed,
  cutBehind,
  inside,
  list,
  messages,
  shows,
  widget,
  whole,
  words,
} from './helpers.js';
import type { Widget } from './helpers.js';

/** How many questions the chat has, once what was clicked had its time. */
async function questions(element: ChatStreamElement): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve));
  await element.updateComplete;
  return element.messages.filter(({ role }) => role === 'user').length;
}

async function disable(element: Widget, disabled = true): Promise<void> {
  element.disabled = disabled;
  await element.updateComplete;
  await list(element).updateComplete;
}

describe('a chat that is disabled', () => {
  it('does not offer another answer, until it is enabled', async () => {
    const element = await widget(whole('One'), whole('Two'));
    await element.send('Go');
    const message = messages(element)[1]!;
    const offer = await until(() => buttonNamed(message, 'Answer again'));
    await disable(element);
    await until(() => !buttonNamed(message, 'Answer again'), 'it is offered');
    expect(buttonNamed(message, 'Copy answer'), 'what sends nothing stays').to.exist;
    offer.click();
    expect(element.busy).to.equal(false);
    await disable(element, false);
    (await until(() => buttonNamed(message, 'Answer again'))).click();
    await until(() => shows(element, 'Two'));
  });

  it('does not try again, and says that it cannot', async () => {
    const element = await widget(broken(words('Half')), whole('Whole'));
    await cutBehind(element, 'Half');
    const again = await until(() => buttonNamed(list(element), 'Try again'));
    await disable(element);
    expect(again.getAttribute('aria-disabled')).to.equal('true');
    again.click();
    again.focus();
    await press('Enter');
    expect(element.status).to.equal('error');
    expect(await element.server.requests()).to.have.length(1);
    await disable(element, false);
    expect(again.getAttribute('aria-disabled')).to.equal('false');
    again.click();
    await until(() => element.status === 'complete');
  });

  it('sends nothing of parts that the page put into it', async () => {
    const element = await fixture<ChatStreamElement>(
      html`<chat-stream endpoint="/nowhere" disabled suggestions='["Why?"]'>
        <chat-stream-composer slot="composer"></chat-stream-composer>
        <chat-stream-suggestions slot="footer"></chat-stream-suggestions>
      </chat-stream>`,
    );
    const told: string[] = [];
    element.addEventListener('chat-submit', ({ text }) => told.push(text));
    const composer = element.querySelector('chat-stream-composer')!;
    composer.value = 'Hello';
    await composer.updateComplete;
    inside(composer, 'button')!.click();
    const suggestions = element.querySelector('chat-stream-suggestions')!;
    (await until(() => inside(suggestions, 'button'))).click();
    expect(await questions(element)).to.equal(0);
    expect(composer.value, 'the draft is kept').to.equal('Hello');
    expect(told, 'nothing is about to be sent').to.deep.equal([]);
  });

  it('tells nobody what is pressed in a widget of an answer', async () => {
    const card = {
      type: 'Card',
      children: [{ type: 'Button', label: 'Book it', onClickAction: { type: 'book' } }],
    };
    const element = await widget();
    element.messages = [
      { role: 'user', text: 'Show me' },
      { role: 'assistant', parts: [{ type: 'data', id: 'w', name: 'widget', data: card }] },
    ] as never;
    const button = await until(() => {
      const drawn = messages(element)[1] && inside(messages(element)[1]!, 'chat-stream-widget');
      return drawn?.shadowRoot && inside(drawn, 'button');
    });
    await disable(element);
    const told: string[] = [];
    element.addEventListener('chat-widget-action', ({ action }) => told.push(action.type));
    button.click();
    await questions(element);
    expect(told).to.deep.equal([]);
    expect(element.busy).to.equal(false);
    await disable(element, false);
    button.click();
    expect(told).to.deep.equal(['book']);
  });
});
