import { openAIChat } from '../../src/protocols/openai-chat.js';
import { expect } from '../support/index.js';
import { answer, calls, chunk, reasoning, run, text } from './openai-chat-stream.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, replay, replayThroughChat, splits, stream, summary } from './replay.js';

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

  it('is complete by a finish reason alone, and interrupted without any end', () => {
    expect(run(chunk({ content: 'a' }), chunk({}, { finish_reason: 'stop' })).run?.status).to.equal(
      'complete',
    );
    expect(run(chunk({ content: 'a' })).run?.error?.code).to.equal('interrupted');
  });

  it('reads all of a chunk that brings more beside its text', () => {
    const last = { ...chunk({ content: 'lo' }, { finish_reason: 'length' }), usage: { prompt_tokens: 3 } };
    const thread = run(chunk({ content: 'Hel' }), last);
    expect(text(thread)).to.equal('Hello');
    expect(thread.run).to.include({ status: 'complete', finishReason: 'length' });
    expect(thread.run?.usage?.inputTokens).to.equal(3);
    const ended = run(chunk({ content: 'Hel' }), chunk({ content: 'lo' }, { finish_reason: 'length' }));
    expect(ended.run).to.include({ status: 'complete', finishReason: 'length' });
    const calling = { tool_calls: [{ index: 0, id: 't', function: { name: 'look', arguments: '{}' } }] };
    expect(calls(run(chunk({ content: 'Let me', ...calling }), '[DONE]'))).to.deep.include(['t', 'look', {}]);
    const thinking = run(chunk({ content: 'Yes.', reasoning_content: 'Is it?' }), '[DONE]');
    expect([reasoning(thinking), text(thinking)]).to.deep.equal(['Is it?', 'Yes.']);
    const broken = run(chunk({ content: 'a' }), { ...chunk({ content: 'b' }), error: { message: 'Busy' } });
    expect(broken.run?.error).to.include({ code: 'backend', backendMessage: 'Busy' });
    const other = { ...chunk({}), choices: [{ index: 1, delta: { content: 'other' } }] };
    expect(text(run(chunk({ content: 'first' }), other, '[DONE]'))).to.equal('first');
    const two = { index: 0, delta: { content: ' and' } };
    expect(text(run({ id: 'c1', choices: [two, { ...two, finish_reason: 'stop' }] }))).to.equal(' and and');
  });

  it('shows the words of an answer that is spoken, unless they are written too', () => {
    // openai/openai-openapi#577: with sound the content stays empty.
    const spoken = (transcript: string, content: string | null = null) =>
      chunk({ content, audio: { id: 'audio_1', transcript } });
    const sound = chunk({ audio: { data: 'AA==', expires_at: 1 } });
    const end = chunk({}, { finish_reason: 'stop' });
    expect(text(run(spoken('Hel'), spoken('lo'), sound, end))).to.equal('Hello');
    expect(text(run(spoken('Hel', 'Hel'), spoken('lo', 'lo'), sound, end))).to.equal('Hello');
  });

  it('knows that its answer has an end before the body does', () => {
    const decoder = openAIChat.decoder({ header: () => null, framing: 'sse' });
    const take = (data: object) => decoder.decode({ name: '', data: JSON.stringify(data), id: '' });
    take(chunk({ content: 'a' }));
    expect(decoder.finished).to.equal(false);
    take(chunk({}, { finish_reason: 'stop' }));
    expect(decoder.finished).to.equal(true);
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

  it('reads reasoning from one field where a host sends it twice, and from details alone', () => {
    const detail = (words: string) => ({ reasoning_details: [{ type: 'reasoning.text', text: words }] });
    const both = run(
      chunk({ reasoning: 'a', ...detail('a') }),
      chunk({ content: 'x', ...detail('a') }),
      chunk({ reasoning_content: '', reasoning: 'b' }),
      '[DONE]',
    );
    expect(reasoning(both)).to.equal('ab');
    expect(reasoning(run(chunk(detail('a')), chunk(detail('b')), '[DONE]'))).to.equal('ab');
  });

  it('reads Mistral lists of text and thinking', () => {
    const thread = run(
      chunk({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }] }] }),
      chunk({ content: [{ type: 'text', text: 'a' }, { type: 'reference', reference_ids: [1] }, null] }),
      chunk({ content: 'b' }),
      '[DONE]',
    );
    expect(text(thread)).to.equal('ab');
    expect(reasoning(thread)).to.equal('Hm');
  });

  it('reads images', () => {
    const url = 'data:image/webp;base64,AA==';
    const thread = run(chunk({ images: [{ type: 'image_url', image_url: { url } }, {}] }), '[DONE]');
    expect(answer(thread)?.parts).to.deep.equal([
      { type: 'file', id: 'image-0', mediaType: 'image/webp', url, done: true },
    ]);
  });

  it('reads the usage of every host; the last one counts', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2 };
    const kept = { inputTokens: 1, outputTokens: 2 };
    for (const last of [
      { id: 'c1', choices: [], usage },
      { ...chunk({}), usage },
      chunk({}, { usage }),
      { ...chunk({}), x_groq: { usage } },
    ]) {
      const first = { ...chunk({ content: 'a' }), usage: { prompt_tokens: 1, completion_tokens: 1 } };
      expect(run(first, last, chunk({}), '[DONE]').run?.usage).to.deep.include(kept);
    }
  });

  it('shows the first of several choices, whole messages and the older completions', () => {
    const second = { index: 1, delta: { content: 'other' } };
    const several = { id: 'c', choices: [second, { index: 0, delta: { content: 'first' } }] };
    expect(text(run(several, '[DONE]'))).to.equal('first');
    const whole = { choices: [{ index: 0, message: { content: 'whole' }, finish_reason: 'stop' }] };
    expect(text(run(whole))).to.equal('whole');
    expect(text(run(chunk({ content: 'wh' }), chunk({ content: 'ole' }), whole))).to.equal('whole');
    const older = [{ choices: [{ text: 'ol' }] }, { choices: [{ text: 'der', finish_reason: 'length' }] }];
    expect(text(run(...older))).to.equal('older');
    expect(run(...older).run?.finishReason).to.equal('length');
    expect(text(run({ value: 'Wri' }, { value: 'ter' }))).to.equal('Writer');
  });

  it('passes over what it does not know', () => {
    const decoder = openAIChat.decoder({ header: () => null, framing: 'sse' });
    for (const data of ['null', '', '7', '[]', '{}', '{"choices', '{"type":"ping"}'])
      expect(decoder.decode({ name: '', data, id: '' }), data).to.equal(null);
    const noise = [{ choices: null }, { choices: [null, 1, {}] }, { choices: [{ delta: { content: 7 } }] }];
    for (const data of noise)
      expect(decoder.decode({ name: '', data: JSON.stringify(data), id: '' })).to.deep.equal([]);
    expect(run(chunk({}, { finish_reason: 'error' }), '[DONE]').run?.error?.code).to.equal('backend');
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

interface RecordedUsage {
  prompt_tokens?: number;
  completion_tokens?: number;
}

await describeRecorded({
  protocol: 'openai-chat',
  dialects: ['openai-chat', 'openai-completion', 'fastgpt'],
  // Hosts that leave out `[DONE]` still say why they stopped.
  ends: ({ terminator, finishReason }) => terminator !== 'eof' || Boolean(finishReason),
  usage: ({ prompt_tokens, completion_tokens }: RecordedUsage) => [prompt_tokens, completion_tokens],
  finishReason: (recorded) => (recorded === 'function_call' ? 'tool-calls' : undefined),
  differences: {
    'openai-chat/openai-refusal.sse#text':
      'a refusal is what the model says to the person: it is shown as text',
    'openai-chat/snowflake-thinking.sse#reasoning':
      'reasoning that comes only as `reasoning_details` is shown; the expectation leaves it out',
    'openai-chat/huggingface-inline-think.sse#text': 'inline `<think>` tags are not text (tested below)',
    'openai-chat/huggingface-inline-think.sse#reasoning': 'what they enclose is reasoning (tested below)',
    'openai-chat/openai-two-choices-tools.sse#tools': 'the first choice is the answer, with its calls alone',
    'openai-chat/openai-two-choices-tools.sse#tool 1 id': 'a call of the second choice',
    'openai-chat/openai-two-choices-tools.sse#tool 1 input': 'a call of the second choice',
    'openai-chat/groq-browser-search.sse#tools':
      'the searches Groq ran itself are shown; the expectation leaves them out',
    'openai-chat/groq-browser-search.sse#sources': 'so is what they found',
    'openai-chat/groq-browser-search.sse#id':
      'every chunk has an id of its own; the first names the message, the expectation takes the last',
    'openai-completion/writer-completion.sse#protocol':
      'nothing in `{"value": …}` tells a host: `events` is recognised, and reads the same',
  },
});
