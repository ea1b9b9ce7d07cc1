import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Updates its host when the network goes or comes back. */
export class NetworkController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #listening: AbortController | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether the browser knows that there is no network; where it is not sure there is one. */
  get offline(): boolean {
    return !navigator.onLine;
  }

  hostConnected(): void {
    const { signal } = (this.#listening = new AbortController());
    for (const type of ['online', 'offline'])
      addEventListener(type, () => this.#host.requestUpdate(), { signal });
    // What changed while nobody listened.
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#listening?.abort();
  }
}
