import type { FilePart, Message, Part, Thread } from '../../src/model/thread.js';
import type { Protocol, ProtocolRequest } from '../../src/protocols/protocol.js';
import { expect } from '../support/index.js';
import { bytesOf, replayThroughChat, splits, summary } from './replay.js';

const contentType = 'application/x-ndjson';

/** A body of JSON lines. */
export const lines = (...values: unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** What a thread holds after these JSON lines, through the public path. */
export async function runLines(protocol: Protocol | string, ...values: unknown[]): Promise<Thread> {
  const chat = await replayThroughChat([bytesOf(lines(...values))], { protocol, contentType });
  return chat.thread.get();
}

/** The same whole and cut in two at every place, named and recognised. */
export async function expectSameAtEverySplit(protocol: Protocol, ...values: unknown[]): Promise<void> {
  const bytes = bytesOf(lines(...values));
  const whole = summary(await runLines(protocol, ...values));
  for (const chunks of splits(bytes)) {
    for (const named of [protocol, 'auto']) {
      const chat = await replayThroughChat(chunks, { protocol: named, contentType });
      expect(summary(chat.thread.get())).to.deep.equal(whole);
      if (named === 'auto') expect(chat.report.get()?.protocol).to.equal(protocol.name);
    }
  }
}

/** A request as the chat makes it: the messages, oldest first, each a role and its text or its parts. */
export function asked(
  messages: readonly (readonly [Message['role'], string | readonly Part[]])[],
  threadId: string | null = null,
): ProtocolRequest {
  const list = messages.map(([role, content], index): Message => ({
    id: `m${index}`,
    role,
    parts: typeof content === 'string' ? [text(content)] : content,
    status: 'complete',
    createdAt: index,
    metadata: {},
  }));
  const last = list.at(-1)?.parts.find((part) => part.type === 'text');
  return { text: last?.text ?? '', messages: list, threadId };
}

export const text = (value: string): Part & { type: 'text' } => ({
  type: 'text',
  id: value,
  text: value,
  done: true,
});

export const file = (mediaType: string, url: string, name?: string): FilePart => ({
  type: 'file',
  id: url,
  mediaType,
  url,
  done: true,
  ...(name !== undefined && { name }),
});
