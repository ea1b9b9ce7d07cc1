import { LitElement, html, nothing } from 'lit';
import type { Chat } from '../chat/chat.js';
import { ChatController } from '../controllers/chat-controller.js';
import { consume, stringsContext } from '../controllers/contexts.js';
import { english } from '../controllers/strings.js';
import { base } from './base.styles.js';
import { composerStyles } from './composer.styles.js';
import { icon } from './icon.js';
import { stopOnEscape, submit } from './submit.js';

/** Safari ends a composition before the Enter that ended it, by so many milliseconds at most. */
const imeGrace = 30;

/**
 * Where a person writes. Enter sends, Shift+Enter breaks the line, Escape stops a running answer; what is written while an
 * answer runs is kept.
 *
 * @tag chat-stream-composer
 * @summary The field for a question, and one button that sends or stops.
 * @attr {string} placeholder - What the empty field says
 * @attr {boolean} disabled - Nothing can be written or sent
 * @csspart box - The frame around field and button
 * @csspart field - The text field
 * @csspart button - The button that sends or stops
 * @fires {ChatSubmitEvent} chat-submit - A question is about to be sent; cancelable
 */
export class ChatStreamComposerElement extends LitElement {
  static override properties = {
    chat: { attribute: false },
    placeholder: {},
    disabled: { type: Boolean },
    value: { attribute: false },
  };
  static override styles = [base, composerStyles];

  /** The chat to send to, instead of the provider's. */
  declare chat: Chat | undefined;
  declare placeholder: string | undefined;
  declare disabled: boolean;
  /** The draft. */
  declare value: string;
  readonly #chat = new ChatController(this, ['status']);
  readonly #strings = consume(this, stringsContext);
  #composed = -Infinity;

  constructor() {
    super();
    this.disabled = false;
    this.value = '';
  }

  get #field(): HTMLTextAreaElement {
    return this.renderRoot.querySelector('textarea')!;
  }

  override focus(options?: FocusOptions): void {
    this.performUpdate();
    this.#field.focus(options);
  }

  protected override render() {
    const strings = this.#strings.value ?? english;
    const busy = this.#chat.chat?.busy ?? false;
    const off = !busy && (this.disabled || !this.value.trim());
    const name = busy ? strings.stop : strings.send;
    // The same text behind the field, unseen, makes the row as tall as the text: no measuring.
    return html`<div class="box" part="box" @mousedown=${this.#onPress}>
      <div class="grow" data-text=${this.value}>
        <textarea
          part="field"
          rows="1"
          dir=${this.value ? 'auto' : nothing}
          enterkeyhint="send"
          autocomplete="off"
          aria-label=${strings.composer}
          placeholder=${this.placeholder ?? strings.placeholder}
          .value=${this.value}
          ?disabled=${this.disabled}
          @input=${this.#onInput}
          @focus=${this.#onFocus}
          @keydown=${this.#onKey}
          @compositionend=${this.#onComposed}
        ></textarea>
      </div>
      <button
        class=${off ? 'off' : busy ? 'stop' : ''}
        part="button"
        type="button"
        aria-label=${name}
        title=${name}
        aria-disabled=${off}
        @click=${this.#onClick}
        @keydown=${this.#onButtonKey}
      >
        ${icon(busy ? 'stop' : 'send')}
      </button>
    </div>`;
  }

  #send(): void {
    if (!this.disabled && submit(this, this.#chat.chat, this.value)) this.value = '';
  }

  /** Whoever goes to the field may ask soon. */
  readonly #onFocus = (): void => {
    import('./first-focus.js').then(
      ({ onFocus }) => onFocus(this.shadowRoot!, this.#chat),
      () => {
        // The first answer takes a little longer.
      },
    );
  };

  readonly #onInput = (): void => {
    this.value = this.#field.value;
  };

  readonly #onComposed = (event: Event): void => {
    this.#composed = event.timeStamp;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    stopOnEscape(event, this.#chat.chat);
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || event.isComposing || event.keyCode === 229)
      return;
    event.preventDefault();
    if (!event.repeat && event.timeStamp - this.#composed > imeGrace) this.#send();
  };

  readonly #onButtonKey = (event: KeyboardEvent): void => {
    stopOnEscape(event, this.#chat.chat);
    // A key held down would send and stop at once.
    if (event.repeat) event.preventDefault();
  };

  readonly #onClick = (event: MouseEvent): void => {
    const chat = this.#chat.chat;
    if (!chat?.busy) this.#send();
    // The second click of a double click meant to send as well.
    else if (event.detail < 2) chat.stop();
  };

  /** The pointer leaves the focus where it is, on the field as a rule, so that a phone's keyboard stays. */
  readonly #onPress = (event: Event): void => {
    const field = this.#field;
    if (event.target === field) return;
    event.preventDefault();
    if (!(event.target as Element).closest('button')) field.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-stream-composer': ChatStreamComposerElement;
  }
}
