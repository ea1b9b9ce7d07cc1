import {
  citationsIn,
  filesIn,
  finishReasonOf,
  messageIn,
  pieceIn,
  piecesIn,
  rawInputIn,
  senderOf,
  usageOf,
} from '../../src/protocols/langchain/content.js';
import { expect } from '../support/index.js';

describe('what a LangChain message holds', () => {
  it('is itself, or what it was written with', () => {
    expect(messageIn({ type: 'ai', content: 'x' })).to.deep.equal({ type: 'ai', content: 'x' });
    const dumped = { lc: 1, id: ['langchain', 'schema', 'AIMessage'], kwargs: { content: 'x' } };
    expect(messageIn(dumped)).to.deep.equal({ type: 'AIMessage', content: 'x' });
    expect(messageIn({ lc: 1, content: 'x' })).to.deep.equal({ lc: 1, content: 'x' });
    expect(messageIn({ kwargs: { content: 'x' } })).to.deep.equal({ kwargs: { content: 'x' } });
    for (const nothing of ['x', null, undefined, 3]) expect(messageIn(nothing)).to.deep.equal({});
  });

  it('is from somebody', () => {
    for (const [type, sender] of [
      ['ai', 'ai'],
      ['AIMessageChunk', 'ai'],
      ['assistant', 'ai'],
      ['tool', 'tool'],
      ['ToolMessage', 'tool'],
      ['human', 'human'],
      ['HumanMessage', 'human'],
      ['user', 'human'],
      ['system', 'other'],
      ['not-ai', 'other'],
      ['a-tool', 'other'],
      ['superuser', 'other'],
    ])
      expect(senderOf({ type }), type).to.equal(sender);
    expect(senderOf({ role: 'assistant' })).to.equal('ai');
    expect(senderOf({})).to.equal('other');
  });

  it('is said or thought', () => {
    expect(pieceIn('x')).to.deep.equal({ kind: 'text', text: 'x' });
    expect(pieceIn({ text: 'x' })).to.deep.equal({ kind: 'text', text: 'x' });
    for (const type of ['text', 'output_text', 'text_delta'])
      expect(pieceIn({ type, text: 'x' }), type).to.deep.equal({ kind: 'text', text: 'x' });
    expect(pieceIn({ type: 'refusal', refusal: 'no' })).to.deep.equal({ kind: 'text', text: 'no' });
    expect(pieceIn({ type: 'text' })).to.deep.equal({ kind: 'text', text: '' });
    for (const field of ['thinking', 'reasoning', 'reasoning_content', 'reasoningText', 'summary', 'text'])
      for (const type of ['thinking', 'reasoning', 'reasoning_content'])
        expect(pieceIn({ type, [field]: 'hm' }), `${type} ${field}`).to.deep.equal({
          kind: 'reasoning',
          text: 'hm',
        });
    expect(pieceIn({ type: 'thinking' })).to.deep.equal({ kind: 'reasoning', text: '' });
    for (const type of [
      'tool_use',
      'not-text',
      'a_refusal',
      'refusals',
      'un-thinking',
      'input_text',
      'image',
    ])
      expect(pieceIn({ type, text: 'x', refusal: 'x' }), type).to.equal(undefined);
    for (const nothing of [null, undefined, 3, []]) expect(pieceIn(nothing)).to.equal(undefined);
  });

  it('is thought beside the content too, where the content says no thought itself', () => {
    const text = { kind: 'text', text: 'x' };
    const thought = { kind: 'reasoning', text: 'hm' };
    expect(piecesIn({ content: 'x' })).to.deep.equal([text]);
    expect(piecesIn({})).to.deep.equal([]);
    const beside = { additional_kwargs: { reasoning_content: 'hm' } };
    expect(piecesIn({ content: 'x', ...beside })).to.deep.equal([thought, text]);
    const own = [{ type: 'thinking', thinking: 'mine' }, 'x'];
    expect(piecesIn({ content: own, ...beside })).to.deep.equal([{ kind: 'reasoning', text: 'mine' }, text]);
    for (const field of ['summary', 'text', 'content'])
      expect(piecesIn({ content: 'x', additional_kwargs: { reasoning: { [field]: 'hm' } } })).to.deep.equal([
        thought,
        text,
      ]);
  });

  it('has citations in its blocks', () => {
    const content = [
      'x',
      { annotations: [{ title: 'A' }, null] },
      { citations: [{ title: 'B' }, 'no'], annotations: [{ title: 'C' }] },
    ];
    expect(citationsIn({ content })).to.deep.equal({
      citations: [{ title: 'A' }, { title: 'C' }, { title: 'B' }],
    });
    expect(citationsIn({ content: 'x' })).to.deep.equal({ citations: [] });
  });

  it('has files, by address or as base64', () => {
    const files = (block: unknown) => filesIn({ content: [block] });
    const file = (url: string, mediaType: string) => [{ type: 'file', id: url, mediaType, url }];
    const address = 'https://a.example/f';
    expect(files({ type: 'image', url: address })).to.deep.equal(file(address, 'image/*'));
    expect(files({ type: 'image_url', image_url: address })).to.deep.equal(file(address, 'image/*'));
    expect(files({ type: 'image_url', image_url: { url: address } })).to.deep.equal(file(address, 'image/*'));
    expect(files({ type: 'audio', url: address })).to.deep.equal(file(address, 'audio/*'));
    expect(files({ type: 'video', url: address, mimeType: 'video/mp4' })).to.deep.equal(
      file(address, 'video/mp4'),
    );
    expect(files({ type: 'file', url: address })).to.deep.equal(file(address, 'application/octet-stream'));
    expect(files({ type: 'file', url: address, mime_type: 'text/csv' })).to.deep.equal(
      file(address, 'text/csv'),
    );
    for (const field of ['base64', 'data'])
      expect(files({ type: 'image', [field]: 'AAA', mime_type: 'image/png' })).to.deep.equal(
        file('data:image/png;base64,AAA', 'image/png'),
      );
    for (const nothing of [
      'x',
      null,
      { url: address },
      { type: 'image' },
      { type: 'text', url: address },
      { type: 'an_image', url: address },
      { type: 'image_file', url: address },
    ])
      expect(files(nothing), JSON.stringify(nothing)).to.deep.equal([]);
  });

  it('has counts, a reason why it stopped, and the raw input of its calls', () => {
    expect(usageOf({ usage_metadata: { input_tokens: 1, output_tokens: 2 } })).to.deep.include({
      inputTokens: 1,
      outputTokens: 2,
    });
    expect(usageOf({})).to.equal(undefined);
    for (const [reason, ours] of [
      ['end_turn', 'stop'],
      ['STOP_SEQUENCE', 'stop'],
      ['max_tokens', 'length'],
      ['tool_use', 'tool-calls'],
      ['refusal', 'content-filter'],
      ['tool_calls', 'tool-calls'],
      ['STOP', 'stop'],
      ['constructor', 'constructor'],
    ])
      expect(finishReasonOf({ finish_reason: reason }), reason).to.equal(ours);
    for (const name of ['stop_reason', 'done_reason', 'finishReason', 'stopReason', 'reason'])
      expect(finishReasonOf({ [name]: 'stop' }), name).to.equal('stop');
    expect(finishReasonOf({})).to.equal(undefined);
    const calls = [null, { id: 'b', args: '0' }, { id: 'a', args: '{"q"' }];
    expect(rawInputIn({ tool_call_chunks: calls }, 'a')).to.equal('{"q"');
    expect(rawInputIn({ content: [{ id: 'a', partial_json: '{' }] }, 'a')).to.equal('{');
    expect(rawInputIn({ content: 'x' }, 'a')).to.equal(undefined);
  });
});
