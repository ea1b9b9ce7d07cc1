import { textOf, type Thread } from '../../src/model/thread.js';
import { openAIChat } from '../../src/protocols/openai-chat.js';
import { describeWithFixtures, expect, fixtureJson, fixtureText } from '../support/index.js';
import { bytesOf, replay, replayThroughChat, splits, stream, summary } from './replay.js';

const chunk = (delta: unknown, rest: object = {}) => ({
  id: 'c1',
  object: 'chat.completion.chunk',
  model: 'm',
  choices: [{ index: 0, delta, ...rest }],
});
const run = (...list: (readonly [string, unknown] | unknown)[]): Thread =>
  replay(openAIChat, [bytesOf(stream(...list))]);
const answer = (thread: Thread) => thread.messages.at(-1);
const text = (thread: Thread) => textOf(thread.messages[1]!);

describe('the openai-chat protocol', () => {
  it('reads text, finish reason, usage and ids', () => {
    const thread = run(
      chunk({ role: 'assistant', content: '' }),
      chunk({ content: 'Hel' }),
      chunk({ content: 'lo' }),
      chunk({}, { finish_reason: 'stop' }),
      { id: 'c1', choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } },
      '[DONE]',
    );
    expect(text(thread)).to.equal('Hello');
    expect(answer(thread)).to.deep.include({ backendId: 'c1', status: 'complete', metadata: { model: 'm' } });
    expect(thread.run).to.deep.include({
      finishReason: 'stop',
      usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
    });
  });

  it('reads tool calls that stream their arguments', () => {
    const call = (fields: object) => chunk({ tool_calls: [fields] });
    const thread = run(
      call({ index: 0, id: 'a', function: { name: 'weather', arguments: '' } }),
      call({ index: 1, id: 'b', function: { name: 'time', arguments: '{}' } }),
      call({ index: 0, function: { arguments: '{"city":' } }),
      call({ index: 0, id: '', function: { arguments: '"Oslo"}' } }),
      chunk({}, { finish_reason: 'tool_calls' }),
      '[DONE]',
    );
    expect(
      answer(thread)?.parts.map((part) => part.type === 'tool-call' && [part.id, part.name, part.input]),
    ).to.deep.equal([
      ['a', 'weather', { city: 'Oslo' }],
      ['b', 'time', {}],
    ]);
    expect(thread.run?.finishReason).to.equal('tool-calls');
  });

  it('is complete by a finish reason alone, and interrupted without any end', () => {
    expect(run(chunk({ content: 'a' }), chunk({}, { finish_reason: 'stop' })).run?.status).to.equal(
      'complete',
    );
    expect(run(chunk({ content: 'a' })).run?.error?.code).to.equal('interrupted');
  });

  it('keeps the text before an error, in the shapes of several hosts', () => {
    for (const error of [
      { error: { message: 'Busy', type: 'server_error' } },
      ['error', { error: { message: 'Busy' } }],
      { ...chunk({ content: '' }, { finish_reason: 'error' }), error: { code: 502, message: 'Busy' } },
      ['error', 'Busy'],
    ]) {
      const thread = run(chunk({ content: 'par' }), error, '[DONE]');
      expect(text(thread)).to.equal('par');
      expect(thread.run?.error).to.include({ code: 'backend', backendMessage: 'Busy' });
    }
  });

  it('is recognised by its first event, and gives the same at every split', async () => {
    const bytes = bytesOf(
      stream(chunk({ content: 'Häl' }), chunk({ reasoning: 'hm' }), chunk({ content: 'lo' }), '[DONE]'),
    );
    const whole = summary(replay(openAIChat, [bytes]));
    for (const chunks of splits(bytes)) {
      expect(summary(replay(openAIChat, chunks))).to.deep.equal(whole);
      const chat = await replayThroughChat(chunks);
      expect(chat.report.get()?.protocol).to.equal('openai-chat');
      const seen = summary(chat.thread.get()) as { questionId: unknown };
      expect(seen).to.deep.equal(whole);
    }
  });
});

describeWithFixtures('recorded streams of OpenAI Chat hosts', () => {
  interface Fixture {
    file: string;
    dialect: string;
    expected: string;
  }

  it('end with the recorded text, named and recognised', async function () {
    this.timeout(60_000);
    const { fixtures } = await fixtureJson<{ fixtures: Fixture[] }>('streams/manifest.json');
    const streams = fixtures.filter(
      ({ dialect, file }) => dialect === 'openai-chat' && file.endsWith('.sse'),
    );
    expect(streams.length).to.be.greaterThan(40);
    // On purpose: a refusal is what the model says to the person, so it is shown as text.
    const refusal = 'openai-chat/openai-refusal.sse';
    const differing: string[] = [];
    for (const { file, expected } of streams) {
      const bytes = bytesOf(await fixtureText(`streams/${file}`));
      const { text: whole } = await fixtureJson<{ text: string | null }>(`streams/${expected}`);
      const chat = await replayThroughChat([bytes], { protocol: 'auto' });
      const shown = chat.messages
        .get()
        .filter(({ role }) => role === 'assistant')
        .map(textOf)
        .join('');
      if (shown !== (whole ?? '') && file !== refusal)
        differing.push(`${file}: ${JSON.stringify(shown).slice(0, 80)}`);
    }
    expect(differing).to.deep.equal([]);
  });
});
