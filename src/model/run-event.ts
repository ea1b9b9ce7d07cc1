import type { FinishReason, Part, PartInit, Role, RunFailure, Usage, Wait } from './thread.js';

/**
 * What can happen in a run. Every protocol maps its own events onto these, and the reducer knows no others.
 * Ids of messages are the backend's; ids of parts are unique within their message and chosen by the protocol.
 */
export type RunEvent =
  /** Opens an answer; without a `messageId` none is opened until there is something to see. */
  | { type: 'run-start'; id: string; messageId?: string; createdAt: number }
  /** The run waits before it asks the backend again; without `wait` it goes on. */
  | { type: 'run-wait'; wait?: Wait }
  /** What follows is the answer from its start once more: what is shown already is passed over. */
  | { type: 'run-replay' }
  /** Where this answer can be read again. */
  | { type: 'run-location'; address: string }
  | { type: 'run-progress'; text?: string; icon?: string; percent?: number }
  | { type: 'thread-update'; id?: string; title?: string }
  /** With role `user` it names the question that was just asked; otherwise it opens an answer. */
  | { type: 'message-start'; id?: string; role?: Role; metadata?: Record<string, unknown> }
  | { type: 'part-start'; part: PartInit }
  /** Appends to a text or reasoning part, or to the input text of a tool call; `kind` says what to open if the part is new. */
  | { type: 'part-delta'; id: string; delta: string; kind?: 'text' | 'reasoning' }
  /** The whole text, authoritative: takes the place of what was shown. */
  | { type: 'part-replace'; id: string; text: string; kind?: 'text' | 'reasoning' }
  | { type: 'part-update'; id: string; patch: PartPatch }
  | { type: 'part-end'; id: string }
  | { type: 'message-end'; id?: string; metadata?: Record<string, unknown> }
  | { type: 'message-remove'; id: string }
  /** The run waits for a person: an approval, a form. */
  | { type: 'run-paused'; reason?: string }
  | { type: 'run-end'; finishReason?: FinishReason; usage?: Usage; stopped?: boolean }
  | ({ type: 'run-error' } & Partial<Omit<RunFailure, 'code'>> & Pick<RunFailure, 'code'>);

/** Fields of a part to set; which make sense depends on the part's type, others are left alone. */
export type PartPatch = Partial<
  Pick<
    Extract<Part, { type: 'tool-call' }>,
    'name' | 'input' | 'inputText' | 'output' | 'state' | 'error'
  > & {
    url: string;
    title: string;
    data: unknown;
  }
>;
