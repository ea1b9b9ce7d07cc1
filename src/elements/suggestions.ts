import { LitElement, css, html, nothing } from 'lit';
import type { Chat } from '../chat/chat.js';
import { ChatController } from '../controllers/chat-controller.js';
import { consume, stringsContext, suggestionsContext } from '../controllers/contexts.js';
import type { Suggestion } from '../controllers/contexts.js';
import { english } from '../controllers/strings.js';
import { base } from './base.styles.js';
import { submit } from './submit.js';

type Offer = Exclude<Suggestion, string>;

/**
 * Questions to choose from; choosing one sends it.
 *
 * @tag chat-stream-suggestions
 * @summary Buttons that each send a question.
 * @attr {boolean} disabled - None can be sent
 * @csspart suggestion - One button
 * @fires {ChatSubmitEvent} chat-submit - A suggestion is about to be sent; cancelable
 */
export class ChatStreamSuggestionsElement extends LitElement {
  static override properties = {
    chat: { attribute: false },
    suggestions: { type: Array },
    disabled: { type: Boolean },
  };
  static override styles = [
    base,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      button {
        flex: 1 1 100%;
        padding: 7px 14px;
        text-align: start;
        border: 1px solid var(--_line);
        border-radius: 12px;
        background: var(--_surface);
      }
      @media (hover: hover) {
        button:enabled:hover {
          background: var(--_soft);
        }
      }
      button:disabled {
        color: var(--_muted);
        cursor: default;
      }
    `,
  ];

  /** The chat to send to, instead of the provider's. */
  declare chat: Chat | undefined;
  /** What to offer, instead of the provider's suggestions. */
  declare suggestions: readonly Suggestion[] | undefined;
  declare disabled: boolean;
  readonly #provided = consume(this, suggestionsContext);
  readonly #strings = consume(this, stringsContext);
  readonly #chat = new ChatController(this, []);

  constructor() {
    super();
    this.disabled = false;
  }

  protected override render() {
    const offered = this.suggestions ?? this.#provided.value;
    const offers = offersIn(offered);
    if (!offers.length) return nothing;
    return html`<div role="group" aria-label=${(this.#strings.value ?? english).suggestions}>
      ${offers.map(
        ({ label, text }) =>
          html`<button
            type="button"
            part="suggestion"
            dir="auto"
            ?disabled=${this.disabled}
            @click=${() => submit(this, this.#chat.chat, text)}
          >
            ${label}
          </button>`,
      )}
    </div>`;
  }
}

function offersIn(offered: unknown): Offer[] {
  return Array.isArray(offered) ? offered.map(offerOf).filter((offer) => offer !== undefined) : [];
}

function offerOf(offer: Suggestion | null): Offer | undefined {
  if (typeof offer === 'string') return { label: offer, text: offer };
  if (typeof offer?.text === 'string') return { text: offer.text, label: offer.label ?? offer.text };
  console.warn('chat-stream: this is no suggestion', offer);
  return undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-stream-suggestions': ChatStreamSuggestionsElement;
  }
}
