import { textOf } from '../../src/model/thread.js';
import { autoProtocol } from '../../src/protocols/auto.js';
import { chatkit } from '../../src/protocols/chatkit.js';
import { events } from '../../src/protocols/events.js';
import { describeWithFixtures, expect, fixtureJson, fixtureText } from '../support/index.js';
import { bytesOf, bytewise, replay, replayThroughChat, splits, summary } from './replay.js';

/** What a correct client ends with (`shared/fixtures/streams/INDEX.md`). */
interface Expected {
  text: string | null;
  textParts?: string[];
  toolCalls?: { name: string; result?: unknown }[];
  error?: { message?: string; code?: string; allow_retry?: boolean } | null;
  terminator: string;
  finishReason?: string | null;
  extra?: {
    messageId?: string;
    threadId?: string;
    progress?: (string | number)[];
    agent?: string;
    messages?: { id: string | null; text: string }[];
    conversationId?: string;
  };
}

interface Fixture {
  file: string;
  dialect: string;
  expected: string;
}

const dialects = ['chatkit-rails', 'theo', 'fastapi-typed', 'rubyllm', 'printer'];

const auto = await autoProtocol('/api/chat');
const reader = ({ dialect }: Fixture) => (dialect === 'chatkit-rails' ? chatkit : events);

/** ChatKit over Rails has no end mark: a close after its items is the end. Every other stream must name its end. */
function statusOf({ dialect }: Fixture, { error, terminator }: Expected): string {
  if (error) return 'error';
  return terminator === 'eof' && dialect !== 'chatkit-rails' ? 'error' : 'complete';
}

function check(fixture: Fixture, expected: Expected, thread: ReturnType<typeof replay>): void {
  const answers = thread.messages.filter(({ role }) => role === 'assistant');
  const texts = answers.map(textOf).filter(Boolean);
  const { run } = thread;
  const { extra = {}, error } = expected;
  expect(texts.join(''), 'text').to.equal(expected.text ?? '');
  expect(texts, 'messages').to.deep.equal(expected.textParts ?? []);
  expect(run?.status, 'status').to.equal(statusOf(fixture, expected));
  if (run?.status === 'error') expect(run.error?.code).to.equal(error ? 'backend' : 'interrupted');
  if (error?.message) expect(run?.error?.backendMessage, 'error').to.equal(error.message);
  if (error?.code) expect(run?.error?.detail, 'error code').to.equal(error.code);
  if (error?.allow_retry !== undefined) expect(run?.error?.retryable).to.equal(error.allow_retry);
  const calls = answers.flatMap(({ parts }) => parts.filter((part) => part.type === 'tool-call'));
  expect(
    calls.map(({ name, output }) => ({ name, output })),
    'tools',
  ).to.deep.equal((expected.toolCalls ?? []).map(({ name, result }) => ({ name, output: result })));
  if (extra.messageId) expect(answers.at(-1)?.backendId, 'message id').to.equal(extra.messageId);
  for (const [index, message] of (extra.messages ?? []).entries()) {
    if (message.id) expect(answers[index]?.backendId, 'message id').to.equal(message.id);
  }
  const threadId = extra.threadId ?? extra.conversationId;
  if (threadId) expect(thread.id, 'thread id').to.equal(threadId);
  if (extra.progress) {
    const seen = run?.progress ?? [];
    const last = extra.progress.at(-1);
    // Numbers of one step follow each other in place; words are steps of their own.
    if (typeof last === 'number') expect(seen.map(({ percent }) => percent)).to.deep.equal([last]);
    else expect(seen.map(({ text }) => text)).to.deep.equal(extra.progress);
  }
  if (extra.agent) expect(answers[0]?.metadata.agent).to.equal(extra.agent);
}

describeWithFixtures('the streams of the five seed backends', () => {
  let streams: { fixture: Fixture; expected: Expected; bytes: Uint8Array }[] = [];

  before(async () => {
    const { fixtures } = await fixtureJson<{ fixtures: Fixture[] }>('streams/manifest.json');
    const own = fixtures.filter(({ dialect, file }) => dialects.includes(dialect) && file.endsWith('.sse'));
    streams = await Promise.all(
      own.map(async (fixture) => ({
        fixture,
        expected: await fixtureJson<Expected>(`streams/${fixture.expected}`),
        bytes: bytesOf(await fixtureText(`streams/${fixture.file}`)),
      })),
    );
  });

  const each = (body: (stream: (typeof streams)[number]) => void | Promise<void>) => async () => {
    expect(streams.length, 'streams').to.be.greaterThan(25);
    for (const stream of streams) {
      try {
        await body(stream);
      } catch (error) {
        if (error instanceof Error) error.message = `${stream.fixture.file}: ${error.message}`;
        throw error;
      }
    }
  };

  it(
    'end as they should, whole, with the protocol named',
    each(({ fixture, expected, bytes }) => check(fixture, expected, replay(reader(fixture), [bytes]))),
  );

  it(
    'end the same recognised, byte by byte, through fetch and Chat',
    each(async ({ fixture, expected, bytes }) => {
      const chat = await replayThroughChat(bytewise(bytes));
      check(fixture, expected, chat.thread.get());
      // An error as the only event says no more than that.
      if (!fixture.file.includes('error-first'))
        expect(chat.report.get()?.protocol).to.equal(reader(fixture).name);
    }),
  );

  it(
    'end the same at every split',
    each(({ fixture, bytes }) => {
      const protocol = fixture.dialect === 'chatkit-rails' ? chatkit : auto;
      const whole = summary(replay(protocol, [bytes]));
      const text = JSON.stringify(whole);
      for (const chunks of splits(bytes)) {
        const seen = summary(replay(protocol, chunks));
        // Deep equality of chai is slow; the text of equal values is equal, and a difference is shown in full.
        if (JSON.stringify(seen) !== text) expect(seen).to.deep.equal(whole);
      }
    }),
  );

  it(
    'never look complete when cut before their end',
    each(({ fixture, expected, bytes }) => {
      if (fixture.dialect === 'chatkit-rails' || statusOf(fixture, expected) === 'error') return;
      const text = new TextDecoder().decode(bytes);
      const mark = text.search(
        /(event: (done|complete|stream_end)|data: \{"type": ?"done"\}|data: \[DONE\])/,
      );
      expect(mark, 'end mark').to.be.greaterThanOrEqual(0);
      for (let at = 0; at <= mark; at++) {
        const thread = replay(auto, [bytesOf(text.slice(0, at))]);
        expect(thread.run?.status).to.equal('error');
        expect(thread.run?.error?.code).to.equal('interrupted');
        expect(expected.text ?? '').to.satisfy((whole: string) =>
          whole.startsWith(
            thread.messages
              .filter(({ role }) => role === 'assistant')
              .map(textOf)
              .join(''),
          ),
        );
      }
    }),
  );
});
