import { html } from 'lit';

import '../../src/index.js';
import type { ChatStreamElement } from '../../src/elements/chat-stream.js';
import { expect, fixture, play, until } from '../support/index.js';

const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const answer = (item: object) => ({ steps: [{ write: event({ type: 'thread.item.done', item }) }] });

const widget = {
  id: 'w1',
  type: 'widget',
  widget: {
    type: 'Card',
    children: [{ type: 'Button', label: 'Book it', onClickAction: { type: 'book', payload: { seat: 7 } } }],
  },
};

async function shown(prevent: boolean) {
  const server = await play({
    answers: [
      answer(widget),
      answer({ id: 'a1', type: 'assistant_message', content: [{ type: 'output_text', text: 'Booked.' }] }),
    ],
  });
  const element = await fixture<ChatStreamElement>(
    html`<chat-stream endpoint="${server.url}/chatkit" thread-id="t1"></chat-stream>`,
  );
  if (prevent) element.addEventListener('chat-widget-action', (action) => action.preventDefault());
  await element.send('Show me');
  const button = await until(() => {
    const view = element.shadowRoot
      ?.querySelector('chat-stream-messages')
      ?.shadowRoot?.querySelector('chat-stream-message:last-of-type')
      ?.shadowRoot?.querySelector('chat-stream-widget');
    return view?.shadowRoot?.querySelector('button');
  }, 'the button of the widget');
  button.click();
  return { server, element };
}

describe('an action of a widget', () => {
  it('goes back to the backend, and its answer is shown', async () => {
    const { server, element } = await shown(false);
    await until(() => element.messages.length === 3, 'the answer to the action');
    const [, request] = await server.requests(2);
    const { type, params } = JSON.parse(request?.body ?? '');
    expect(type).to.equal('threads.custom_action');
    expect(params).to.deep.include({ thread_id: 't1', item_id: 'w1' });
    expect(params.action).to.deep.include({ type: 'book', payload: { seat: 7 } });
  });

  it('stays in the page where a listener says so', async () => {
    const { server, element } = await shown(true);
    await element.send('And then?');
    expect(await server.requests()).to.have.length(2);
  });
});
