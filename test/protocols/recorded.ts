import { textOf, type Chat, type ToolCallPart } from '../../src/headless.js';
import { describeWithFixtures, expect, fixtureJson, fixtures, fixtureText } from '../support/index.js';
import { bytesOf, bytewise, replayThroughChat } from './replay.js';

/** One recording (`streams/manifest.json`). */
export interface Recording {
  file: string;
  dialect: string;
  framing: string;
  expected: string;
  response?: Record<string, string | number>;
}

/** What a correct client ends with (`streams/INDEX.md`). */
export interface Expected {
  text: string | null;
  reasoning?: string | null;
  toolCalls?: {
    id?: string | null;
    name: string;
    input?: unknown;
    arguments?: unknown;
    inputInvalid?: boolean;
    result?: unknown;
  }[];
  citations?: string[];
  files?: { mediaType: string; url?: string; bytes?: number }[];
  usage?: unknown;
  finishReason?: string | null;
  error?: unknown;
  terminator: string;
  id?: string | null;
  model?: string | null;
  extra?: { threadId?: string };
}

export interface RecordedOptions {
  /** The name of the protocol. */
  protocol: string;
  /** Folders of recordings it reads. */
  dialects: readonly string[];
  /** Recordings, or single facts of them (`file#fact`), that differ on purpose, each with the reason. */
  differences?: Record<string, string>;
  /** What `terminator` values this protocol counts as an end; everything but `eof` by default. */
  ends?: (expected: Expected, recording: Recording) => boolean;
  /** The usage as we keep it, out of the recorded one: `[input, output]` tokens. */
  usage?: (recorded: never) => [number | undefined, number | undefined];
  /** The finish reason as we keep it, out of the recorded one; hyphens for underscores, lower case, by default. */
  finishReason?: (recorded: string, expected: Expected) => string | undefined;
}

/** Content types for bodies whose recording keeps none. */
const contentTypes: Record<string, string> = {
  sse: 'text/event-stream',
  jsonl: 'text/event-stream',
  ndjson: 'application/x-ndjson',
  'prefixed-lines': 'text/plain; charset=utf-8',
  'raw-text': 'text/plain; charset=utf-8',
  json: 'application/json',
  'json-array-stream': 'application/json',
};

/** The bytes as they came over the wire: some recordings keep only the payloads, one a line. */
function bodyOf({ framing, dialect }: Recording, text: string): string {
  if (framing !== 'jsonl') return text;
  const payloads = text.split('\n').filter((line) => line.trim());
  const named = dialect === 'anthropic' || dialect === 'openai-responses';
  const events = payloads.map((data) => {
    const type = named ? /"type"\s*:\s*"([^"]+)"/.exec(data)?.[1] : undefined;
    return `${type ? `event: ${type}\n` : ''}data: ${data}\n\n`;
  });
  return events.join('') + (dialect === 'openai-chat' ? 'data: [DONE]\n\n' : '');
}

/**
 * Every recording of these dialects, through `fetch` and `Chat`: named and recognised, whole, bytewise and at random splits.
 * To be awaited at the top of a file: how many there are stands in the tests' names, and so in the run's closing lines.
 */
export async function describeRecorded(options: RecordedOptions): Promise<void> {
  const { protocol, dialects, differences = {} } = options;
  const recordings: { recording: Recording; expected: Expected; bytes: Uint8Array }[] = [];
  if (fixtures()) {
    const { fixtures: all } = await fixtureJson<{ fixtures: Recording[] }>('streams/manifest.json');
    for (const recording of all) {
      if (!dialects.includes(recording.dialect) || differences[recording.file]) continue;
      const [expected, text] = await Promise.all([
        fixtureJson<Expected>(`streams/${recording.expected}`),
        fixtureText(`streams/${recording.file}`),
      ]);
      recordings.push({ recording, expected, bytes: bytesOf(bodyOf(recording, text)) });
    }
  }

  describeWithFixtures(`recorded streams read by "${protocol}"`, () => {
    const all = (chunksOf: (bytes: Uint8Array) => Uint8Array[] | null, named: string) => async () => {
      expect(recordings.length, 'recordings').to.be.greaterThan(0);
      const wrong: string[] = [];
      for (const { recording, expected, bytes } of recordings) {
        const chunks = chunksOf(bytes);
        if (!chunks) continue;
        const type = String(recording.response?.['content-type'] ?? contentTypes[recording.framing]);
        const chat = await replayThroughChat(chunks, { protocol: named, contentType: type });
        wrong.push(...differencesOf(recording, expected, chat, options, named));
      }
      expect(wrong).to.deep.equal([]);
    };

    it(
      `named: ${recordings.length} streams, ${Object.keys(differences).length} facts differ on purpose`,
      all((bytes) => [bytes], protocol),
    );
    it(
      `recognised: ${recordings.length} streams`,
      all((bytes) => [bytes], 'auto'),
    );
    it(
      'byte by byte',
      all((bytes) => (bytes.length < 20_000 ? bytewise(bytes) : null), 'auto'),
    );
    it('at random splits', all(randomSplits, 'auto'));
  });
}

/** About twenty pieces at places that are the same in every run. */
function randomSplits(bytes: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let seed = bytes.length;
  for (let at = 0; at < bytes.length;) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    const size = 1 + (seed % Math.ceil(bytes.length / 10));
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

function differencesOf(
  recording: Recording,
  expected: Expected,
  chat: Chat,
  { protocol, differences = {}, ends, usage, finishReason }: RecordedOptions,
  named: string,
): string[] {
  const { file } = recording;
  const wrong: string[] = [];
  const same = (fact: string, seen: unknown, wanted: unknown) => {
    if (differences[`${file}#${fact}`]) return;
    if (JSON.stringify(seen) === JSON.stringify(wanted)) return;
    wrong.push(`${file}: ${fact} is ${show(seen)}, should be ${show(wanted)}`);
  };

  const thread = chat.thread.get();
  const answers = thread.messages.filter(({ role }) => role === 'assistant');
  const parts = answers.flatMap((message) => message.parts);
  const run = thread.run;
  const failed = Boolean(expected.error);
  const ended = ends?.(expected, recording) ?? expected.terminator !== 'eof';

  // A whole JSON body, such as an error, is read before any protocol is asked.
  if (named === 'auto' && recording.framing !== 'json')
    same('protocol', chat.report.get()?.protocol, protocol);
  same('text', answers.map(textOf).join(''), expected.text ?? '');
  same('status', run?.status, failed || !ended ? 'error' : 'complete');
  if (run?.status === 'error') same('code', run.error?.code, failed ? 'backend' : 'interrupted');
  const reasoning = parts.flatMap((part) => (part.type === 'reasoning' && part.text ? [part.text] : []));
  same('reasoning', plain(reasoning.join('')), plain(expected.reasoning ?? ''));
  const calls = parts.filter((part): part is ToolCallPart => part.type === 'tool-call');
  const wantedCalls = expected.toolCalls ?? [];
  same(
    'tools',
    calls.map(({ name }) => name),
    wantedCalls.map(({ name }) => name),
  );
  for (const [index, call] of wantedCalls.entries()) {
    const seen = calls[index];
    if (call.id) same(`tool ${index} id`, seen?.id, call.id);
    // Of a tool the backend runs itself the expectation may not say the input: `arguments` is null, `input` left out.
    const told = call.arguments !== null || call.input !== undefined;
    if (told && !call.inputInvalid) same(`tool ${index} input`, seen?.input ?? {}, call.input ?? {});
    if (call.result !== undefined && call.result !== null)
      same(`tool ${index} output`, seen?.output, call.result);
  }
  const sources = parts.flatMap((part) => (part.type === 'source' ? [part.url ?? part.title] : []));
  same('sources', sources, expected.citations ?? []);
  same('files', parts.filter((part) => part.type === 'file').length, expected.files?.length ?? 0);
  if (!failed && ended) {
    if (expected.finishReason) {
      const reason = finishReason?.(expected.finishReason, expected);
      same('finish', run?.finishReason, reason ?? expected.finishReason.toLowerCase().replaceAll('_', '-'));
    }
    if (expected.usage && usage) {
      same('usage', [run?.usage?.inputTokens, run?.usage?.outputTokens], usage(expected.usage as never));
    }
  }
  if (expected.id) same('id', answers.at(-1)?.backendId, expected.id);
  if (expected.model) same('model', answers[0]?.metadata.model, expected.model);
  if (expected.extra?.threadId) same('thread', thread.id, expected.extra.threadId);
  return wrong;
}

/** Separators between pieces of reasoning are a matter of display. */
const plain = (text: string): string => text.replace(/\s+/g, '');

const show = (value: unknown): string => (JSON.stringify(value) ?? 'undefined').slice(0, 160);
