import { html } from 'lit';
import type { LitElement, ReactiveController } from 'lit';

const keep = 5000;

/**
 * What a screen reader says without being asked: one polite region and an assertive one for errors, both there and empty
 * from the first render, outside of the messages. Words take turns between two places, so that the same words are said again.
 */
export class Announcer implements ReactiveController {
  readonly #host: LitElement;
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LitElement) {
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

  get #places(): NodeListOf<Element> {
    return this.#host.renderRoot.querySelectorAll('[aria-live] > p');
  }

  say(words: string, urgent = false): void {
    this.#clear();
    // Nobody hears an element that is in no page, and its words would keep it for as long as they stay.
    if (!this.#host.isConnected) return;
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
