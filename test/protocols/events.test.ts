import { textOf, type Thread } from '../../src/model/thread.js';
import { events } from '../../src/protocols/events.js';
import { autoProtocol } from '../../src/protocols/auto.js';
import { expect } from '../support/index.js';
import { bytesOf, hints, replay, splits, stream, summary } from './replay.js';

const auto = await autoProtocol('/api');
const run = (...list: (readonly [string, unknown] | unknown)[]): Thread =>
  replay(events, [bytesOf(stream(...list))]);
const texts = (thread: Thread): string[] =>
  thread.messages.filter(({ role }) => role === 'assistant').map(textOf);
const parts = (thread: Thread) => thread.messages.at(-1)?.parts ?? [];

describe('the events protocol', () => {
  describe('text', () => {
    it('comes from the usual fields, under the usual names', () => {
      for (const piece of [
        ['chunk', { content: 'Hi' }],
        ['chunk', { text: 'Hi' }],
        ['token', 'Hi'],
        ['token', '"Hi"'],
        ['delta', { delta: { content: 'Hi' } }],
        ['', { type: 'text', content: 'Hi' }],
        ['', { type: 'text-delta', delta: 'Hi' }],
        ['', { type: 'content', content: [{ type: 'text', text: 'Hi' }] }],
        ['', { token: 'Hi' }],
        ['', { response: 'Hi' }],
        ['', { answer: 'Hi' }],
        ['', '"Hi"'],
        ['', 'Hi'],
        ['message', { token: 'Hi' }],
        ['message', { content: 'Hi' }],
        ['data', { content: 'Hi' }],
      ] as const) {
        const thread = run(piece, ['done', {}]);
        expect(texts(thread), JSON.stringify(piece)).to.deep.equal(['Hi']);
        expect(thread.run?.status, JSON.stringify(piece)).to.equal('complete');
      }
    });

    it('keeps every space and line feed, and drops nothing that is empty', () => {
      const thread = run('" a"', '""', '"\\n\\n"', '"  b "', ['complete', {}]);
      expect(texts(thread)).to.deep.equal([' a\n\n  b ']);
    });

    it('is plain where the data is no JSON, numbers among the words included', () => {
      expect(texts(run('The answer is ', '42', '!', '[DONE]'))).to.deep.equal(['The answer is 42!']);
    });

    it('is never JSON that went wrong', () => {
      const thread = run(['chunk', '{"content":"a'], ['chunk', { content: 'b' }], ['done', {}]);
      expect(texts(thread)).to.deep.equal(['b']);
    });

    it('of a whole message takes the place of the chunks before it', () => {
      const thread = run(
        ['chunk', { content: 'Helo ' }],
        ['chunk', { content: 'wrld' }],
        ['message', { id: 'm1', role: 'assistant', content: 'Hello world' }],
        ['done', {}],
      );
      expect(texts(thread)).to.deep.equal(['Hello world']);
      expect(thread.messages.at(-1)?.backendId).to.equal('m1');
    });

    it('of a whole message around tools is said once', () => {
      const thread = run(
        ['chunk', { content: 'Let me look. ' }],
        ['tool_call', { name: 'look' }],
        ['tool_result', { name: 'look', result: 'seen' }],
        ['chunk', { content: 'Found it.' }],
        ['message', { content: 'Let me look. Found it.' }],
        ['done', {}],
      );
      expect(texts(thread)).to.deep.equal(['Let me look. Found it.']);
      expect(parts(thread).map(({ type }) => type)).to.deep.equal(['text', 'tool-call', 'text']);
    });

    it('in bare messages without chunks is one piece after another', () => {
      const thread = run(['message', { content: 'Hel' }], ['message', { content: 'lo' }], ['done', {}]);
      expect(texts(thread)).to.deep.equal(['Hello']);
    });

    it('in an end event counts only where it completes what was shown', () => {
      expect(texts(run(['chunk', { content: 'Hel' }], ['done', { content: 'Hello' }]))).to.deep.equal([
        'Hello',
      ]);
      expect(texts(run(['chunk', { content: 'Hel' }], ['done', { text: 'ok' }]))).to.deep.equal(['Hel']);
      expect(texts(run(['done', { answer: 'Hello' }]))).to.deep.equal(['Hello']);
    });

    it('of the person, echoed, is not shown as an answer', () => {
      const thread = run(
        ['message', { id: 'q1', role: 'user', content: 'Why?' }],
        ['chunk', { content: 'So.' }],
        '[DONE]',
      );
      expect(texts(thread)).to.deep.equal(['So.']);
      expect(thread.messages[0]?.backendId).to.equal('q1');
    });

    it('of reasoning stays apart', () => {
      const thread = run(['thinking', { content: 'Hmm' }], { type: 'text', content: 'Yes' }, '[DONE]');
      expect(parts(thread).map((part) => [part.type, 'text' in part && part.text])).to.deep.equal([
        ['reasoning', 'Hmm'],
        ['text', 'Yes'],
      ]);
    });
  });

  describe('what a backend does meanwhile', () => {
    it('shows as progress with text, icon and percent', () => {
      const thread = run(
        { type: 'progress_update', icon: 'search', text: 'Searching' },
        ['progress', { percent: 20 }],
        ['progress', { percent: 60 }],
        ['status', { message: 'Reading' }],
        ['progress', { progress: 0.5 }],
        '[DONE]',
      );
      expect(thread.run?.progress).to.deep.equal([
        { text: 'Searching', icon: 'search', percent: 60 },
        { text: 'Reading', percent: 50 },
      ]);
    });

    it('shows as tool calls, results paired by id, by name, or the oldest first', () => {
      const thread = run(
        { type: 'tool_call', name: 'a', id: '1', arguments: '{"x":1}' },
        { type: 'tool_call', name: 'b' },
        { type: 'tool_call', name: 'c' },
        { type: 'tool_result', name: 'c', result: 'C' },
        { type: 'tool_result', id: '1', result: 'A' },
        { type: 'tool_result', data: { b: true } },
        { type: 'tool_result', name: 'late', error: { message: 'No such tool' } },
        '[DONE]',
      );
      const seen = parts(thread).map(
        (part) => part.type === 'tool-call' && [part.name, part.output, part.state],
      );
      expect(seen).to.deep.equal([
        ['a', 'A', 'complete'],
        ['b', { b: true }, 'complete'],
        ['c', 'C', 'complete'],
        ['late', undefined, 'error'],
      ]);
      expect(parts(thread)[0]).to.deep.include({ input: { x: 1 } });
    });

    it('shows sources once each, wherever they are named', () => {
      const source = { url: 'https://example.com/', title: 'Example' };
      const thread = run(
        ['chunk', { content: 'a' }],
        ['sources', { sources: [source, 'https://example.org/', source] }],
        ['done', { citations: [source] }],
      );
      const seen = parts(thread).filter(({ type }) => type === 'source');
      expect(seen.map((part) => 'url' in part && part.url)).to.deep.equal([
        'https://example.com/',
        'https://example.org/',
      ]);
    });
  });

  describe('names', () => {
    it('of the thread are kept from wherever they stand', () => {
      for (const event of [
        ['conversation_id', { conversation_id: 't1' }],
        ['conversation_id', 't1'],
        ['start', { threadId: 't1' }],
        ['session', { id: 't1' }],
        ['', { type: 'thread.created', thread: { id: 't1', title: null } }],
        ['stream_end', { conversation_id: 't1' }],
      ] as const) {
        expect(run(event, ['done', {}]).id, JSON.stringify(event)).to.equal('t1');
      }
    });

    it('of a message survive an error that came before them', () => {
      const thread = run(
        ['chunk', { content: 'par' }],
        ['error', { error: 'Busy' }],
        ['stream_end', { message_id: 'm9' }],
      );
      expect(thread.messages.at(-1)).to.deep.include({ backendId: 'm9', status: 'error' });
      expect(thread.run?.error).to.deep.include({ code: 'backend', backendMessage: 'Busy' });
      expect(texts(thread)).to.deep.equal(['par']);
    });
  });

  describe('the end', () => {
    it('is known by many names, and nothing after it counts', () => {
      for (const end of [
        '[DONE]',
        ['done', {}],
        ['complete', '{}'],
        { type: 'done' },
        ['stream_end', { status: 'complete' }],
        ['end', ''],
      ]) {
        const thread = run(
          ['chunk', { content: 'a' }],
          end,
          ['chunk', { content: 'late' }],
          ['error', 'late'],
        );
        expect(texts(thread), JSON.stringify(end)).to.deep.equal(['a']);
        expect(thread.run?.status, JSON.stringify(end)).to.equal('complete');
      }
    });

    it('missing makes the run interrupted, its text kept', () => {
      const thread = run(['chunk', { content: 'a' }]);
      expect(thread.run).to.deep.include({ status: 'error' });
      expect(thread.run?.error).to.deep.include({ code: 'interrupted', retryable: true });
      expect(thread.messages.at(-1)?.status).to.equal('error');
      expect(texts(thread)).to.deep.equal(['a']);
    });

    it('of a ChatKit server is the close after its items, unless it had announced more', () => {
      const item = (id: string) => ({
        type: 'thread.item.done',
        item: { id, type: 'assistant_message', content: [{ type: 'output_text', text: id }] },
      });
      const progress = { type: 'progress_update', text: 'Thinking' };
      expect(run(progress, item('a'), item('b')).run?.status).to.equal('complete');
      expect(run(progress, item('a'), progress).run?.error?.code).to.equal('interrupted');
      expect(
        run({ type: 'stream_options', stream_options: { allow_cancel: true } }).run?.error?.code,
      ).to.equal('interrupted');
    });

    it('by an error is an error whatever follows, in every shape', () => {
      for (const [event, words] of [
        [['error', { message: 'Busy' }], 'Busy'],
        [['error', { error: 'Busy' }], 'Busy'],
        [['error', '"Busy"'], 'Busy'],
        [['error', 'Busy'], 'Busy'],
        [['error', ''], undefined],
        [{ error: { message: 'Busy', code: 7 } }, 'Busy'],
        [{ type: 'error', detail: [{ loc: ['body', 'message'], msg: 'missing' }] }, 'body.message: missing'],
      ] as const) {
        const thread = run(['chunk', { content: 'a' }], event, ['done', {}]);
        expect(thread.run?.error, JSON.stringify(event)).to.include({ code: 'backend' });
        expect(thread.run?.error?.backendMessage, JSON.stringify(event)).to.equal(words);
      }
    });
  });

  it('passes over what it does not know, and says so', () => {
    const decoder = events.decoder(hints);
    const ignored = [
      { type: 'unknown_future_event', content: 'no' },
      { status: 'processing' },
      [1, 2],
      null,
      { type: ['odd'] },
    ].map((data) => decoder.decode({ name: '', data: JSON.stringify(data), id: '' }));
    expect(ignored).to.deep.equal([null, null, null, null, null]);
  });

  it('is not led astray by names of Object', () => {
    const data =
      '{"__proto__":{"content":"x"},"constructor":{"content":"x"},"toString":1,"type":"hasOwnProperty"}';
    const thread = replay(events, [
      bytesOf(`event: __proto__\ndata: ${data}\n\nevent: toString\ndata: "x"\n\ndata: [DONE]\n\n`),
    ]);
    expect(texts(thread)).to.deep.equal(['']);
    expect(({} as Record<string, unknown>).content).to.equal(undefined);
  });

  it('gives the same whatever the chunks', () => {
    const bytes = bytesOf(
      stream(
        { type: 'start', agent: 'A', message_id: 'm1' },
        { type: 'progress', text: 'Søking', percent: 10 },
        { type: 'text', content: 'Häl' },
        { type: 'text', content: 'lo \ud83d' },
        { type: 'text', content: '\ude00!' },
        { type: 'tool_call', name: 't' },
        { type: 'tool_result', result: 1 },
        { type: 'sources', sources: ['https://example.com/'] },
        { type: 'done', usage: { prompt_tokens: 1, completion_tokens: 2 } },
      ),
    );
    const whole = summary(replay(events, [bytes]));
    expect(texts(replay(events, [bytes]))).to.deep.equal(['Hällo 😀!']);
    for (const chunks of splits(bytes)) expect(summary(replay(auto, chunks))).to.deep.equal(whole);
  });
});
