import fc from 'fast-check';

import type { RunEvent } from '../../src/model/run-event.js';
import { openAIChat } from '../../src/protocols/openai-chat.js';
import { RepeatedJSON } from '../../src/protocols/shared/repeated-json.js';
import { expect } from '../support/index.js';
import { tries } from '../support/seed.js';
import { chunk, text } from './openai-chat-stream.js';
import { bytesOf, hints, replay, splits, stream, summary } from './replay.js';

const said = (content: string): string => JSON.stringify(chunk({ content }));

/** What JSON may hold that is cut out of other JSON: a string as it is, in escapes, cut short, or more than one. */
const hostile = [
  'plain text',
  '',
  ' ',
  '\\n\\"quoted\\" \\\\ \\/ \\b\\u0000',
  '\\u00e9 é 日本 😀',
  '\\ud83d',
  '\\ud83d\\ude00',
  '\ud83d',
  '\u2028 and \u2029',
  '"',
  '\\',
  '\\\\\\',
  'a","content":"b',
  'a"},"x":{"content":"b',
  'a","b',
  'a": "b',
  'a" ',
  '\t',
  '\n',
  '\u0000',
  '\\x',
  '\\u12',
];

function contentIn(json: string): unknown {
  try {
    return JSON.parse(json).choices[0].delta.content;
  } catch {
    return undefined;
  }
}

describe('JSON that is the same but for one string', () => {
  it('is read as the whole of it would be, whatever the string holds', () => {
    const repeated = new RepeatedJSON('content');
    expect(repeated.read(said('a')), 'before anything was learnt').to.equal(undefined);
    repeated.learn(said('learnt'));
    const [before, after] = said('|').split('|') as [string, string];
    for (const text of hostile) {
      const json = before + text + after;
      const read = repeated.read(json);
      if (read === undefined) expect(text, 'no string').to.satisfy((one: string) => !isString(`"${one}"`));
      else expect(read).to.equal(contentIn(json));
    }
    expect(repeated.read(before + 'a"'), 'cut short').to.equal(undefined);
    expect(repeated.read(before + after.slice(1)), 'one quote for two').to.equal(undefined);
    expect(repeated.read('')).to.equal(undefined);
  });

  it('is found in any spelling of white space', () => {
    for (const space of [0, 1, 4]) {
      const repeated = new RepeatedJSON('content');
      repeated.learn(JSON.stringify(chunk({ content: 'a' }), null, space));
      expect(repeated.read(JSON.stringify(chunk({ content: 'b "c"' }), null, space))).to.equal('b "c"');
    }
    const loose = (text: string) => `{ "content"\n : "${text}" , "index" : 0 }`;
    const repeated = new RepeatedJSON('content');
    repeated.learn(loose(''));
    expect(repeated.read(loose('a'))).to.equal('a');
  });

  it('is not learnt where its place could be another', () => {
    for (const json of [
      '{"id":"content","content":"a"}',
      '{"id":{"content":"a"},"content":"a"}',
      '{"content":"a","content":"a"}',
      '{"content":"a","cont\\u0065nt":"a"}',
      '{"id":"\\"content\\":","content":"a"}',
      '{"content":"\\""}',
    ]) {
      const repeated = new RepeatedJSON('content');
      repeated.learn(json);
      expect(repeated.read(json), json).to.equal(undefined);
    }
  });

  it('stays learnt where the next is not', () => {
    const repeated = new RepeatedJSON('content');
    repeated.learn(said('a'));
    repeated.learn(said('"'));
    expect(repeated.read(said('b'))).to.equal('b');
  });
});

const isString = (json: string): boolean => {
  try {
    return typeof JSON.parse(json) === 'string';
  } catch {
    return false;
  }
};

const content = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 6 }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '"',
      '\\',
      '\n',
      '\ud83d',
      '\ude00',
      '\u2028',
      'c1',
      'm',
      '"content":"',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('<think>', '</think>', '<', '\n</thi', 'nk>\n') },
);

/** A chunk of text alone, and all that may stand in one beside it or in place of it. */
const anyChunk: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: content.map((text) => chunk({ content: text })) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        content,
        fc.constantFrom<(text: string) => unknown>(
          (text) => ({ ...chunk({ content: text }), id: text }),
          (text) => ({ ...chunk({ content: text }), model: text }),
          (text) => ({ ...chunk({ content: text }), obfuscation: text }),
          (text) => ({ ...chunk({ content: text }), usage: { prompt_tokens: 1 } }),
          (text) => ({ ...chunk({ content: text }), citations: ['https://example.com/'] }),
          (text) => ({ ...chunk({ content: text }), error: text }),
          (text) => chunk({ role: 'assistant', content: text }),
          (text) => chunk({ content: text, refusal: text }),
          (text) => chunk({ content: text, reasoning_content: text }),
          (text) => chunk({ content: text, tool_calls: [{ index: 0, id: 't', function: { name: text } }] }),
          (text) => chunk({ content: text }, { finish_reason: 'stop' }),
          (text) => chunk({ content: text }, { logprobs: { content: [{ token: text }] } }),
          (text) => chunk({ content: text }, { index: 1 }),
          (text) => ({
            ...chunk({}),
            choices: [
              { index: 0, delta: {} },
              { index: 1, delta: { content: text } },
            ],
          }),
          (text) => chunk({ content: { content: text } }),
          (text) => chunk({ content: null, reasoning: text }),
          () => ({ ...chunk({}), choices: [] }),
        ),
      )
      .map(([text, make]) => make(text)),
  },
  { weight: 1, arbitrary: fc.constant('[DONE]') },
);

const dataOf = (event: unknown): string => (typeof event === 'string' ? event : JSON.stringify(event));

/** What a decoder makes of data; with a name, of events that are called so. */
function decodedData(list: readonly string[], name = ''): (readonly RunEvent[] | null)[] {
  const decoder = openAIChat.decoder(hints);
  return [...list.map((data) => decoder.decode({ name, data, id: '' })), decoder.end()];
}

describe('the chunks of an answer', () => {
  it('mean what each means that is read by itself', () => {
    fc.assert(
      fc.property(fc.array(anyChunk, { maxLength: 30 }), (chunks) => {
        const list = chunks.map(dataOf);
        // None begins like another: all are parsed.
        const parsed = list.map((data, index) => ' '.repeat(index + 1) + data);
        expect(decodedData(list)).to.deep.equal(decodedData(parsed));
        expect(decodedData(list, 'odd')).to.deep.equal(decodedData(parsed, 'odd'));
      }),
      tries(500),
    );
  });

  it('mean the same however the answer is cut', () => {
    const lists = fc.array(anyChunk, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(lists, fc.array(fc.nat(), { maxLength: 8 }), (chunks, places) => {
        const body = chunks.map((event) => `data: ${dataOf(event)}\n\n`).join('');
        const bytes = bytesOf(body);
        const cuts = [0, ...places.map((place) => place % bytes.length), bytes.length].sort((a, b) => a - b);
        const pieces = cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
        expect(summary(replay(openAIChat, pieces))).to.deep.equal(summary(replay(openAIChat, [bytes])));
      }),
      tries(200),
    );
  });

  it('are shown at every split, with all that JSON can escape', () => {
    const words = ['Say ', '"hi"', ' \\ \n', '\ud83d', '\ude00', ' \u2028', 'é', 'é'];
    const bytes = bytesOf([...words.map(said), '[DONE]'].map((data) => `data: ${data}\n\n`).join(''));
    for (const pieces of splits(bytes)) {
      const { messages, run } = replay(openAIChat, pieces);
      expect(messages[1]!.parts).to.deep.equal([
        { type: 'text', id: 'text-0', text: 'Say "hi" \\ \n😀 \u2028éé', done: true },
      ]);
      expect(run?.status).to.equal('complete');
    }
  });

  it('are told apart where only what stands behind the text differs, be it as long', () => {
    const list = [null, null, 'No'].map((refusal) => JSON.stringify(chunk({ content: 'a', refusal })));
    expect(text(replay(openAIChat, [bytesOf(stream(...list, '[DONE]'))]))).to.equal('aaaNo');
  });

  it('are told apart by the name of their event', () => {
    const data = said('a');
    const thread = replay(openAIChat, [bytesOf(stream(data, data, ['error', data]))]);
    expect(text(thread)).to.equal('aa');
    expect(thread.run?.error?.code).to.equal('backend');
  });
});
