import { html } from 'lit';

import type { ChatStreamElement } from '../../src/elements/chat-stream.js';
import { inside, list, log, messages, notice, read } from '../elements/helpers.js';
import { onCleanup } from './cleanup.js';
import { fixture } from './fixture.js';
import { until } from './until.js';

/** The words a person reads when something went wrong, each as long as it takes to be told apart. */
export const sentences = {
  network: 'The service could not be reached. Check your connection and try again.',
  offline: 'You are offline. Connect to the internet and try again.',
  interrupted: 'The connection broke before the answer was finished. What arrived is kept.',
  timeout: 'The service took too long to answer. Try again in a moment.',
  protocol: 'The service sent something this chat cannot read.',
  empty: 'The service sent an empty answer. Try again in a moment.',
  overflow: 'The answer was too large to show. Ask for something shorter.',
  backend: 'The service could not finish the answer. Try again in a moment.',
  server: 'The service has a problem of its own. Try again in a moment.',
  signIn: 'You may not use this service right now.',
  refused: 'The service refused the question.',
  notFound: 'The service was not found at its address.',
  tooLong: 'The question is too long.',
  busy: 'Too many questions at once.',
};

export interface Asked {
  element: ChatStreamElement;
  /** What the live regions said, in order, each with its politeness. */
  said: string[];
}

/** A widget of a usual size with these properties, ready to be asked. */
export async function widgetWith(properties: Partial<ChatStreamElement>): Promise<Asked> {
  const box = await fixture(html`<div><chat-stream label="Ask"></chat-stream></div>`);
  box.style.setProperty('inline-size', '360px');
  box.style.setProperty('block-size', '500px');
  const element = Object.assign(box.firstElementChild as ChatStreamElement, properties);
  await customElements.whenDefined('chat-stream-messages');
  await element.updateComplete;
  await list(element).updateComplete;
  return { element, said: listen(element) };
}

/** Asks one question; resolves when its run is over and drawn. */
export async function askWith(properties: Partial<ChatStreamElement>): Promise<Asked> {
  const asked = await widgetWith(properties);
  await asked.element.send('Why?');
  await drawn(asked.element);
  return asked;
}

/** Resolves when the end of a run is to be seen. */
export async function drawn(element: ChatStreamElement): Promise<void> {
  await until(async () => {
    await element.updateComplete;
    await list(element).updateComplete;
    return !element.busy && messages(element).length === element.messages.length;
  });
  await until(() => (element.status === 'error') === (notice(element) !== null));
}

function listen(element: ChatStreamElement): string[] {
  const said: string[] = [];
  const observer = new MutationObserver((records) => {
    for (const { target } of records) {
      const words = target.textContent;
      const kind = (target as Element).closest('[aria-live]')!.getAttribute('aria-live');
      if (words) said.push(`${kind}: ${words}`);
    }
  });
  for (const region of element.shadowRoot!.querySelectorAll('[aria-live]'))
    observer.observe(region, { childList: true, characterData: true, subtree: true });
  onCleanup(() => observer.disconnect());
  return said;
}

/** The text of the last answer, as it is drawn. */
export const answerShown = (element: ChatStreamElement): string => {
  const markdown = messages(element).at(-1)?.shadowRoot!.querySelectorAll('chat-stream-markdown') ?? [];
  return [...markdown].map((one) => read(one)).join('');
};

/** What the box of a failed run says; empty where there is none. */
export const failureShown = (element: ChatStreamElement): string => {
  const box = notice(element);
  return box ? read(box) : '';
};

/** The button of that box, if it offers to ask again. */
export const tryAgain = (element: ChatStreamElement): HTMLButtonElement | undefined =>
  notice(element)?.querySelector('button') ?? undefined;

/** What stands where the answer grows while its run waits; empty where it does not. */
export const waitShown = (element: ChatStreamElement): string => {
  const last = messages(element).at(-1);
  const wait = last && inside(last, '[part="wait"]');
  return wait ? read(wait) : '';
};

/** Whether all an answer's log holds are elements of our own making, none of a page that came in its place. */
export const holdsNothingOf = (element: ChatStreamElement, selector: string): boolean => {
  const roots = [log(element), ...messages(element).map((message) => message.shadowRoot!)];
  return roots.every((root) => root.querySelector(selector) === null);
};
