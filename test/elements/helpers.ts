import '../../src/define.js';

import { html } from 'lit';
import type { ChatStreamElement } from '../../src/elements/chat-stream.js';
import type { ChatStreamMessageElement } from '../../src/elements/message.js';
import type { ChatStreamMessagesElement } from '../../src/elements/messages.js';
import type { ChatStreamProviderElement } from '../../src/elements/provider.js';
import type { Status } from '../../src/model/thread.js';
import { fixture, play, until } from '../support/index.js';
import type { Answer, Play, Step } from '../support/index.js';

/** One event of a backend, as its stream has it. */
export const event = (value: object): Step => ({ write: `data: ${JSON.stringify(value)}\n\n` });
export const words = (content: string): Step => event({ type: 'text', content });
export const progress = (text: string, more: object = {}): Step => event({ type: 'progress', text, ...more });
export const done = event({ type: 'done' });
export const gate = (name: string): Step => ({ gate: name });

export const answer = (...steps: Step[]): Answer => ({ steps });
export const whole = (content: string): Answer => answer(words(content), done);

/** An answer that breaks off; `cut` lets it, once what came before is read: engines may lose it otherwise. */
export const broken = (...steps: Step[]): Answer => ({ steps: [...steps, gate('cut')], end: 'truncate' });

export type Widget = ChatStreamElement & { server: Play };

/** A widget of a usual size whose backend plays these answers. */
export async function widget(...answers: Answer[]): Promise<Widget> {
  const server = await play({ answers: answers.length ? answers : [whole('Hello')] });
  const box = await fixture(html`<div><chat-stream label="Ask" endpoint=${server.url}></chat-stream></div>`);
  box.style.setProperty('inline-size', '360px');
  box.style.setProperty('block-size', '500px');
  const element = box.firstElementChild as ChatStreamElement;
  await element.updateComplete;
  // The list comes with the first idle moment.
  await customElements.whenDefined('chat-stream-messages');
  await list(element).updateComplete;
  return Object.assign(element, { server });
}

export const inside = <T extends Element = HTMLElement>(host: Element, selector: string): T | null =>
  host.shadowRoot!.querySelector<T>(selector);

/** A part of the widget, wherever it is: in its shadow tree or in a slot. */
export const part = <K extends keyof HTMLElementTagNameMap>(
  host: Element,
  tag: K,
): HTMLElementTagNameMap[K] => (inside(host, tag) ?? host.querySelector(tag)) as HTMLElementTagNameMap[K];

export const list = (host: Element): ChatStreamMessagesElement => part(host, 'chat-stream-messages');
export const log = (host: Element): HTMLElement => inside(list(host), '[role="log"]')!;
export const field = (host: Element): HTMLTextAreaElement =>
  inside(part(host, 'chat-stream-composer'), 'textarea')!;
export const button = (host: Element): HTMLButtonElement =>
  inside(part(host, 'chat-stream-composer'), 'button')!;
export const nameOf = (element: Element): string =>
  element.getAttribute('aria-label') ?? element.textContent.trim();
export const notice = (host: Element): HTMLElement | null => inside(list(host), '[part="notice"]');

export const messages = (host: Element): ChatStreamMessageElement[] => [
  ...list(host).shadowRoot!.querySelectorAll('chat-stream-message'),
];

/** What a person reads in an element: the text of its shadow trees and slots, without what is only heard. */
export function read(node: Node): string {
  if (node instanceof Text) return node.data;
  if (!(node instanceof Element) || node.matches('.sr, [hidden], style')) return '';
  const children =
    node instanceof HTMLSlotElement && node.assignedNodes().length
      ? node.assignedNodes()
      : (node.shadowRoot ?? node).childNodes;
  return [...children].map(read).join('').replace(/\s+/g, ' ').trim();
}

/** Asks for what is `broken`, and cuts it behind these words. */
export async function cutBehind(element: Widget, words: string, question = 'Go'): Promise<void> {
  const answer = element.send(question);
  await until(() => shows(log(element), words));
  await element.server.release('cut');
  await answer;
}

/** Text with the spaces between parts taken as they come. */
export const shows = (node: Node, text: string): boolean => read(node).includes(text);

export const is = (element: ChatStreamProviderElement, status: Status): Promise<unknown> =>
  until(async () => {
    await element.updateComplete;
    return element.status === status;
  }, `the chat is not ${status} but ${element.status}`);

export const buttonNamed = (host: Element, name: string): HTMLButtonElement | undefined =>
  [...host.shadowRoot!.querySelectorAll('button')].find((candidate) => nameOf(candidate) === name);
