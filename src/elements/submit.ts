import type { Chat } from '../chat/chat.js';
import { ChatSubmitEvent } from './events.js';

/**
 * Tag characters that belong to no flag, and selectors behind no ideograph: nobody can type them or see them, and a text
 * that somebody else prepared may say to a model with them what its reader never read.
 */
const unseen =
  /(?<!\u{1f3f4}[\u{e0030}-\u{e007a}]*)[\u{e0000}-\u{e007f}]|(?<![\u3400-\u9fff\u{20000}-\u{3ffff}])[\u{e0100}-\u{e01ef}]/gu;

/** Sends a person's words unless the page says no; whether the chat took them. */
export function submit(from: HTMLElement, chat: Chat | undefined, written: string): boolean {
  const text = written.replace(unseen, '');
  if (!chat || chat.busy || !text.trim()) return false;
  if (!from.dispatchEvent(new ChatSubmitEvent(text))) return false;
  void chat.send(text);
  return chat.busy;
}

/** Escape stops a running answer, but never while it belongs to an input method. */
export function stopOnEscape(event: KeyboardEvent, chat: Chat | undefined): void {
  if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented || !chat?.busy) return;
  event.preventDefault();
  chat.stop();
}
