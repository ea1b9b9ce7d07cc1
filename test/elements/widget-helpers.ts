import { defineWidget } from '../../src/define-widget.js';

import { html } from 'lit';
import type { WidgetAction } from '../../src/elements/message-events.js';
import type { ChatStreamWidgetElement } from '../../src/elements/widget.js';
import { fixture } from '../support/index.js';

defineWidget();

export type Node = Record<string, unknown>;

/** A widget on the page, and the actions it told. */
export async function drawn(tree: unknown): Promise<ChatStreamWidgetElement & { told: WidgetAction[] }> {
  const element = await fixture<ChatStreamWidgetElement>(
    html`<chat-stream-widget item-id="w1" .widget=${tree}></chat-stream-widget>`,
  );
  const told: WidgetAction[] = [];
  element.addEventListener('chat-widget-action', (event) => told.push(event.action));
  return Object.assign(element, { told });
}

export const card = (...children: unknown[]): Node => ({ type: 'Card', children });
export const text = (value: unknown, more: Node = {}): Node => ({ type: 'Text', value, ...more });
export const action = (type: string, payload?: unknown): Node => ({ type, payload });

export const all = <T extends Element = HTMLElement>(host: Element, selector: string): T[] => [
  ...host.shadowRoot!.querySelectorAll<T>(selector),
];
