import type { Chat } from '../chat/chat.js';
import { ChatSubmitEvent } from './events.js';

/** Sends a person's words unless the page says no; whether the chat took them. */
export function submit(from: HTMLElement, chat: Chat | undefined, text: string): boolean {
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
