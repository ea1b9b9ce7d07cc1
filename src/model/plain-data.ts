import type { Message, Part, Role } from './thread.js';

/** A message as a page or a store keeps it: a role, and text or parts; the rest is optional. */
export type MessageInput = { role: Role } & Partial<Omit<Message, 'role' | 'parts'>> & {
    text?: string;
    /** In pieces too, as models are told it: `[{ type: 'text', text }]`. */
    content?: string | readonly (Partial<Part> & { type: Part['type'] })[];
    parts?: readonly (Partial<Part> & { type: Part['type'] })[];
  };

/** A thread in a list. */
export interface ThreadSummary {
  readonly id: string;
  readonly title: string | null;
  /** Milliseconds since the epoch. */
  readonly updatedAt?: number;
}

/** A thread as a store keeps it. */
export interface ThreadInput {
  readonly id: string | null;
  readonly title?: string | null;
  readonly messages: readonly MessageInput[];
}
