import type { ReactiveController, ReactiveElement } from 'lit';
import type { Chat } from '../chat/chat.js';
import { chatContext, consume } from './contexts.js';

export type Slice = 'messages' | 'status' | 'error' | 'thread' | 'progress';

/**
 * Finds the chat of an element, its own `chat` property before the provider's, and updates the element when one of the
 * slices it asked for changed, and only then.
 */
export class ChatController implements ReactiveController {
  readonly #host: ReactiveElement & { chat?: Chat };
  readonly #slices: readonly Slice[];
  readonly #matters: () => boolean;
  #provided: Chat | undefined;
  #bound: Chat | undefined;
  #ends: (() => void)[] = [];

  /** `matters` says whether the change of a slice changes what the element shows; by default it does. */
  constructor(
    host: ReactiveElement & { chat?: Chat },
    slices: readonly Slice[],
    matters: () => boolean = () => true,
  ) {
    this.#host = host;
    this.#slices = slices;
    this.#matters = matters;
    consume(host, chatContext, (chat) => {
      this.#provided = chat;
      this.#bind();
    });
    host.addController(this);
  }

  get chat(): Chat | undefined {
    return this.#host.chat ?? this.#provided;
  }

  hostConnected(): void {
    this.#bind();
  }

  hostUpdate(): void {
    this.#bind();
  }

  hostDisconnected(): void {
    this.#bind();
  }

  #bind(chat = this.#host.isConnected ? this.chat : undefined): void {
    if (chat === this.#bound) return;
    for (const end of this.#ends) end();
    this.#bound = chat;
    const update = () => this.#host.requestUpdate();
    const look = () => this.#matters() && update();
    this.#ends = chat ? this.#slices.map((slice) => chat[slice].subscribe(look)) : [];
    // What changed while nobody listened.
    if (chat) update();
  }
}
