import { textOf } from '../../src/model/thread.js';
import { openAIResponses } from '../../src/protocols/openai-responses.js';
import { expect } from '../support/index.js';
import { answer, completed, created, event, item, response, run, text } from './openai-responses-stream.js';
import { describeRecorded } from './recorded.js';
import { bytesOf, replay, replayThroughChat, splits, stream, summary } from './replay.js';

describe('the openai-responses protocol', () => {
  it('reads text, its citations, usage and ids', () => {
    const annotation = { type: 'url_citation', url: 'https://a.example/', title: 'A' };
    const thread = run(
      event('created', response({ conversation: { id: 'conv_1' } })),
      item('message', { content: [] }, 0, 'added'),
      text('Hel'),
      text('lo'),
      event('output_text.annotation.added', { annotation }),
      event('output_text.done', { output_index: 0, content_index: 0, text: 'Hello' }),
      item('message', {
        content: [{ type: 'output_text', text: 'Hello', annotations: [annotation, { filename: 'b.txt' }] }],
      }),
      event('completed', response({ usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3 } })),
    );
    expect(textOf(answer(thread))).to.equal('Hello');
    expect(answer(thread)).to.deep.include({ backendId: 'resp_1', metadata: { model: 'm' } });
    expect(answer(thread).parts.slice(1)).to.deep.equal([
      { type: 'source', id: 'source-1', url: 'https://a.example/', title: 'A', done: true },
      { type: 'source', id: 'source-2', title: 'b.txt', done: true },
    ]);
    expect(thread.id).to.equal('conv_1');
    expect(thread.run).to.deep.include({
      status: 'complete',
      finishReason: 'stop',
      usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
    });
  });

  it('says what cut an answer short', () => {
    for (const [reason, word] of [
      ['max_output_tokens', 'length'],
      ['content_filter', 'content-filter'],
    ]) {
      const cut = event('incomplete', response({ incomplete_details: { reason } }));
      expect(run(created, text('a'), cut).run?.finishReason).to.equal(word);
    }
  });

  it('shows an error once, in every shape, and keeps the text before it', () => {
    const error = { code: 'rate', message: 'Busy' };
    const failed = event('failed', response({ status: 'failed', error }));
    for (const list of [
      [{ type: 'error', ...error, param: null }],
      [{ type: 'error', error }, failed],
      [failed],
      [{ error }],
    ]) {
      const thread = run(created, text('par'), ...list);
      expect(textOf(answer(thread))).to.equal('par');
      expect(thread.run?.error).to.include({ code: 'backend', detail: 'rate', backendMessage: 'Busy' });
    }
  });

  it('tells the words of a failure beside the response', () => {
    // Perplexity's `ResponseFailedEvent` has no response; gateways say `response.error`.
    const error = { code: 'overloaded', message: 'Busy' };
    for (const failed of [
      event('failed', { error }),
      event('failed', { error, ...response({ error: null }) }),
      event('failed', response({ error })),
      event('error', { error }),
    ]) {
      const thread = run(created, text('par'), failed);
      expect(thread.run?.error).to.include({ code: 'backend', backendMessage: 'Busy', detail: 'overloaded' });
    }
  });

  it('names an answer at its end where nothing named it before', () => {
    expect(answer(run(text('tail'), completed))).to.deep.include({
      backendId: 'resp_1',
      metadata: { model: 'm' },
      status: 'complete',
    });
  });

  it('is interrupted without its end, and passes over what it does not know', () => {
    expect(run(created, text('a'), '[DONE]').run?.error?.code).to.equal('interrupted');
    const decoder = openAIResponses.decoder({ header: () => null, framing: 'sse' });
    for (const data of ['null', '{"type":"response.o', '[]', '{}', '{"type":"x"}', '{"type":"response.new"}'])
      expect(decoder.decode({ name: '', data, id: '' }), data).to.equal(null);
    for (const type of ['output_item.done', 'output_text.done', 'image_generation_call.partial_image'])
      expect(decoder.decode({ name: '', data: JSON.stringify(event(type)), id: '' })).to.deep.equal([]);
  });

  it('is recognised by its first event, and gives the same at every split', async () => {
    const bytes = bytesOf(stream(created, text('Häl'), text('lo'), completed));
    const whole = summary(replay(openAIResponses, [bytes]));
    for (const chunks of splits(bytes)) expect(summary(replay(openAIResponses, chunks))).to.deep.equal(whole);
    const chat = await replayThroughChat([bytes]);
    expect(chat.report.get()?.protocol).to.equal('openai-responses');
    expect(summary(chat.thread.get())).to.deep.equal(whole);
  });
});

interface RecordedUsage {
  input_tokens?: number;
  output_tokens?: number;
}

await describeRecorded({
  protocol: 'openai-responses',
  dialects: ['openai-responses'],
  usage: ({ input_tokens, output_tokens }: RecordedUsage) => [input_tokens, output_tokens],
  // Their word is `completed`, whatever a response stopped for.
  finishReason: (recorded, { toolCalls = [] }) => {
    if (recorded === 'incomplete') return 'length';
    const kinds = toolCalls.map((call) => String((call as { kind?: string }).kind));
    if (kinds.includes('mcp_approval_request')) return 'paused';
    return kinds.some((kind) =>
      /^(function|custom_tool|local_shell|tool_search|apply_patch)_call$/.test(kind),
    )
      ? 'tool-calls'
      : 'stop';
  },
  differences: {
    'openai-responses/refusal.sse#text':
      'a refusal is what the model says to the person: it is shown as text',
  },
});
