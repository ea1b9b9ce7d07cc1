import { defineLeaves } from '../../src/define-leaves.js';

import { html } from 'lit';
import type { ChatStreamMessageElement } from '../../src/elements/message.js';
import type { Message, Part } from '../../src/model/thread.js';
import { axe, expect, fixture, until } from '../support/index.js';
import { buttonNamed, inside, shows } from './helpers.js';

defineLeaves();

const tree = (label: string) => ({
  type: 'Card',
  children: [{ type: 'Button', label, onClickAction: { type: 'go' } }],
});

describe('a message with data', () => {
  const answer = (...parts: Part[]): Message => ({
    id: 'm',
    role: 'assistant',
    status: 'complete',
    createdAt: 0,
    metadata: {},
    parts,
  });
  const data = (name: string, value: unknown): Part => ({
    type: 'data',
    id: 'w9',
    name,
    data: value,
    done: true,
  });
  const shown = (...parts: Part[]) =>
    fixture<ChatStreamMessageElement>(
      html`<chat-stream-message .message=${answer(...parts)}></chat-stream-message>`,
    );

  it('fetches what draws its widget, and tells whose it is', async () => {
    expect(customElements.get('chat-stream-widget')).to.equal(undefined);
    const element = await shown(data('widget', tree('Go')));
    const widget = await until(() => inside(element, 'chat-stream-widget'));
    const go = await until(() => widget.shadowRoot && buttonNamed(widget, 'Go'));
    const told: unknown[] = [];
    element.addEventListener('chat-widget-action', (event) => told.push(event.itemId, event.action.type));
    go.click();
    expect(told).to.deep.equal(['w9', 'go']);
  });

  it('shows a notice, and nothing for data it does not know or that was taken back', async () => {
    const element = await shown(
      data('notice', { level: 'warning', title: 'Quota', message: 'Almost **full**' }),
    );
    await until(() => shows(element, 'Almost full'));
    expect(inside(element, '[part="note"]')!.className).to.include('warning');
    await axe(element);
    const other = await shown(data('weather', { sun: true }), { ...data('widget', null), id: 'w8' });
    expect(inside(other, 'chat-stream-widget, [part="note"]')).to.equal(null);
  });
});
