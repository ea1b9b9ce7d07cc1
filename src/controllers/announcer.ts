import { html } from 'lit';
import type { LitElement, ReactiveController } from 'lit';
import type { Chat } from '../chat/chat.js';

const keep = 5000;
/** Who speaks for a chat: whoever did so first and still shows it. A chat may outlive who shows it. */
const speakers = new WeakMap<Chat, WeakRef<Host>>();

type Host = LitElement & { readonly chat: Chat };

/**
 * What a screen reader says without being asked: one polite region and an assertive one for errors, both there and empty
 * from the first render, outside of the messages. Words take turns between two places, so that the same words are said again.
 */
export class Announcer implements ReactiveController {
  readonly #host: Host;
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  readonly template = html`<div class="sr" aria-live="polite">
      <p></p>
      <p></p>
    </div>
    <div class="sr" aria-live="assertive">
      <p></p>
      <p></p>
    </div>`;

  get #speaks(): boolean {
    const host = this.#host;
    const { chat } = host;
    const speaker = speakers.get(chat)?.deref();
    if (speaker?.isConnected && speaker.chat === chat) return speaker === host;
    speakers.set(chat, new WeakRef(host));
    return true;
  }

  get #places(): NodeListOf<Element> {
    return this.#host.renderRoot.querySelectorAll('[aria-live] > p');
  }

  say(words: string, urgent = false): void {
    this.#clear();
    // Nobody hears an element that is in no page, and its words would keep it for as long as they stay.
    if (!this.#host.isConnected || !this.#speaks) return;
    this.#turn = 1 - this.#turn;
    const place = this.#places[this.#turn + (urgent ? 2 : 0)];
    if (place) place.textContent = words;
    this.#timer = setTimeout(() => this.#clear(), keep);
  }

  hostDisconnected(): void {
    this.#clear();
  }

  #clear(): void {
    clearTimeout(this.#timer);
    for (const place of this.#places) place.textContent = '';
  }
}
