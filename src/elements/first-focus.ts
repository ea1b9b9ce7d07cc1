import type { Chat } from '../chat/chat.js';
import { rehearseOnce } from './rehearsal.js';

const keepers = new WeakSet<Node>();

/** Somebody is about to write: what is written is the field's alone, and the first answer is rehearsed. */
export function onFocus(root: ShadowRoot, asked: { readonly chat: Chat | undefined }): void {
  if (!keepers.has(root)) {
    keepers.add(root);
    for (const type of ['keydown', 'keypress', 'keyup'] as const) root.addEventListener(type, keepLetter);
  }
  void rehearseOnce(root, asked);
}

/**
 * A page with shortcuts of one letter leaves fields alone, but what is typed in a shadow tree looks to it as if it were
 * typed nowhere: it would take the letters away. Keys with Ctrl, Alt or Meta, Escape and Tab are for the page too.
 */
function keepLetter(event: Event): void {
  const { key, ctrlKey, altKey, metaKey } = event as KeyboardEvent;
  if (key?.length === 1 && !ctrlKey && !altKey && !metaKey) event.stopPropagation();
}
