import type { Message } from '../model/thread.js';
import { cancelable, reaching } from './event-reach.js';

// What a person does in a message. None of it happens before there is one: it comes with what shows messages.

/** A link of an answer was clicked; cancel it to open it in another way. */
export class ChatLinkClickEvent extends Event {
  readonly href: string;
  constructor(href: string) {
    super('chat-link-click', cancelable);
    this.href = href;
  }
}

/** Another answer to the last question is wanted, asked by a message of the list that holds it. */
export class ChatRegenerateEvent extends Event {
  readonly message: Message;
  constructor(message: Message) {
    super('chat-regenerate', cancelable);
    this.message = message;
  }
}

export type Rating = 'good' | 'bad' | null;

/** A person rated an answer, or took the rating back (`null`). */
export class ChatRatedEvent extends Event {
  readonly message: Message;
  readonly rating: Rating;
  constructor(message: Message, rating: Rating) {
    super('chat-rated', reaching);
    this.message = message;
    this.rating = rating;
  }
}

/** What a button or a field of a widget asks for, in the backend's words. */
export interface WidgetAction {
  readonly type: string;
  /** What the backend gave, with the values of the form around it. */
  readonly payload?: unknown;
  /** `client` is for the page alone. */
  readonly handler: 'client' | 'server';
  /** Whether the answer to it is a stream. */
  readonly streaming: boolean;
}

/** A person pressed, chose or sent something in a widget; cancel it to do something else than tell the backend. */
export class ChatWidgetActionEvent extends Event {
  readonly action: WidgetAction;
  /** Of the item that the widget came in. */
  readonly itemId: string | undefined;
  constructor(action: WidgetAction, itemId: string | undefined) {
    super('chat-widget-action', cancelable);
    this.action = action;
    this.itemId = itemId;
  }
}

declare global {
  interface HTMLElementEventMap {
    'chat-link-click': ChatLinkClickEvent;
    'chat-regenerate': ChatRegenerateEvent;
    'chat-rated': ChatRatedEvent;
    'chat-widget-action': ChatWidgetActionEvent;
  }
}
