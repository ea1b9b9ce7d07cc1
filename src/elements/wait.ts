import { html, nothing } from 'lit';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import type { Strings } from '../controllers/strings.js';
import type { Wait } from '../model/thread.js';
import { dots } from './progress.js';

const second = 1000;

/** Draws a wait and counts it down: one timer, only while there is a wait to show in a page. */
export class WaitView implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #wait: Wait | undefined;
  /** The seconds it began with: what takes the most room. */
  #most = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #connected = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#connected = true;
    if (this.#wait) this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#connected = false;
    clearTimeout(this.#timer);
  }

  /** The next second is as far away as the rest of this one: late timers do not add up. */
  hostUpdated(): void {
    clearTimeout(this.#timer);
    const left = leftOf(this.#wait);
    if (this.#connected && left > 0)
      this.#timer = setTimeout(() => this.#host.requestUpdate(), left % second || second);
  }

  /** Called with every update of the host. */
  render(wait: Wait | undefined, words: Strings, act: (verb: 'try-now' | 'stop') => void): unknown {
    const seconds = Math.ceil(leftOf(wait) / second);
    if (wait !== this.#wait) this.#most = seconds;
    this.#wait = wait;
    if (!wait) return nothing;
    const reason = wait.kind === 'retry' && wait.until !== null ? words.waitReason(wait.reason) : '';
    return html`<div class="wait" part="wait">
      ${dots}<span class="count" data-text=${words.waiting(wait, this.#most)}
        ><span dir="auto">${words.waiting(wait, seconds)}</span></span
      >
      ${reason ? html`<small dir="auto">${reason}</small>` : nothing}
      <div class="choices">
        ${choice(words.tryNow, () => act('try-now'))}${choice(words.stopWaiting, () => act('stop'))}
      </div>
    </div>`;
  }
}

function choice(name: string, act: () => void): TemplateResult {
  return html`<button type="button" @click=${act}>${name}</button>`;
}

/** Milliseconds; 0 where nobody knows, or when the time has come. */
function leftOf(wait: Wait | undefined): number {
  return wait?.until ? Math.max(0, wait.until - Date.now()) : 0;
}
