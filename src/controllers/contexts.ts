import { ContextConsumer, createContext } from '@lit/context';
import type { Context } from '@lit/context';
import type { ReactiveElement } from 'lit';
import type { Chat } from '../chat/chat.js';
import type { Rendering } from './rendering.js';
import type { Strings } from './strings.js';

/** A question to offer: its own words, or a label that stands for a longer text. */
export type Suggestion = string | { readonly label: string; readonly text: string };

// A context value is an object that stays the same while an answer streams: every set walks all subscribers.
export const chatContext = createContext<Chat | undefined>(Symbol.for('chat-stream/chat@1'));
export const stringsContext = createContext<Strings>(Symbol.for('chat-stream/strings@1'));
export const suggestionsContext = createContext<readonly Suggestion[]>(
  Symbol.for('chat-stream/suggestions@1'),
);

export const renderingContext = createContext<Rendering>(Symbol.for('chat-stream/rendering@1'));

/** Follows the nearest provider's value; the host updates when it changes. */
export function consume<T>(
  host: ReactiveElement,
  context: Context<unknown, T>,
  callback?: (value: T) => void,
) {
  return new ContextConsumer(host, { context, subscribe: true, callback });
}
