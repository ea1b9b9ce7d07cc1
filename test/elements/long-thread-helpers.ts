import '../../src/define.js';

import { html } from 'lit';
import type { ChatStreamElement } from '../../src/elements/chat-stream.js';
import type { MessageInput } from '../../src/model/plain-data.js';
import type { RunEvent } from '../../src/model/run-event.js';
import type { Transport } from '../../src/transport/transport.js';
import { fixture, until } from '../support/index.js';
import { log, messages } from './helpers.js';

// Where all of it is laid out it takes longer.
const skipsLayout = CSS.supports('overflow-anchor', 'auto');
export const many = skipsLayout ? 2000 : 300;
/** Where all of them are scrolled through. */
export const some = skipsLayout ? 600 : 300;
export const filling = 'with some more words that fill a line and then another one, as answers do. ';

/** Questions with an even number and answers with an odd one. */
export const thread = (count: number, from = 0): MessageInput[] =>
  Array.from({ length: count }, (_, index) => {
    const number = from + index;
    return number % 2
      ? { id: `m${number}`, role: 'assistant', text: `Answer ${number}. ${filling.repeat(1 + (number % 5))}` }
      : { id: `m${number}`, role: 'user', text: `Question ${number}.` };
  });

/** What an answer brings, one piece at a time. */
export function stream() {
  const pieces: RunEvent[][] = [[{ type: 'part-start', part: { type: 'text', id: 'text', text: '' } }]];
  let wake = () => {};
  const push = (...events: RunEvent[]) => {
    pieces.push(events);
    wake();
  };
  const transport: Transport = {
    async *run() {
      for (;;) {
        while (pieces.length) yield pieces.shift()!;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
  const tell = (delta: string) => push({ type: 'part-delta', id: 'text', delta });
  return { transport, tell, end: () => push({ type: 'part-end', id: 'text' }, { type: 'run-end' }) };
}

type Options = Partial<Pick<ChatStreamElement, 'transport' | 'follow'>>;

export async function widget(given: MessageInput[], { transport, follow = 'end' }: Options = {}) {
  const box = await fixture(
    html`<div>
      <chat-stream label="Ask" .follow=${follow} .transport=${transport} .messages=${given}></chat-stream>
    </div>`,
  );
  box.style.setProperty('inline-size', '360px');
  box.style.setProperty('block-size', '500px');
  await customElements.whenDefined('chat-stream-message');
  return box.firstElementChild as ChatStreamElement;
}

export const ids = (element: Element) => messages(element).map(({ message }) => message!.id);
export const whole = (element: Element, count: number) =>
  until(() => messages(element).length === count, `not all ${count} messages came`);
export const rest = (element: Element) =>
  log(element).scrollHeight - log(element).clientHeight - log(element).scrollTop;
export const atEnd = (element: Element) =>
  until(() => log(element).scrollHeight > log(element).clientHeight && rest(element) <= 1, 'not at the end');
/**
 * The first of the messages of which something is in view, and where it is, as it is painted: a look in between may see
 * what the frame puts right.
 */
export const painted = (
  element: Element,
  looked: Element[] = messages(element),
  looks = 0,
): Promise<{ message: Element; place: number }> =>
  new Promise((resolve, reject) => {
    const observer = new IntersectionObserver(
      (entries) => {
        observer.disconnect();
        const entry = entries.find(({ isIntersecting }) => isIntersecting);
        // Firefox may draw what it skipped only with the next frame.
        if (!entry && looks === 60) reject(new Error(`out of view, at ${log(element).scrollTop}`));
        else if (!entry)
          requestAnimationFrame(() => void painted(element, looked, looks + 1).then(resolve, reject));
        else resolve({ message: entry.target, place: entry.boundingClientRect.top - entry.rootBounds!.top });
      },
      { root: log(element) },
    );
    for (const message of looked) observer.observe(message);
  });
export const frames = async (count: number) => {
  for (let n = 0; n < count; n++) await new Promise((resolve) => requestAnimationFrame(resolve));
};
/** Scrolls as a person does: not while a frame is being made. */
export const scrollTo = async (element: Element, top: (now: number) => number) => {
  await new Promise((resolve) => setTimeout(resolve));
  log(element).scrollTop = top(log(element).scrollTop);
  await frames(2);
};
