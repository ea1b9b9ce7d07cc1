import { expect } from '../support/index.js';
import { chunk, run, sources, text } from './openai-chat-stream.js';

describe('citations of openai-chat', () => {
  it('names each citation once, wherever a host puts it', () => {
    const url = 'https://a.example/';
    const more = 'https://b.example/';
    const thread = run(
      { ...chunk({ content: 'a' }), citations: [url], search_results: [{ title: 'A', url }] },
      { ...chunk({ content: 'b' }), citations: [url, more] },
      chunk({ annotations: [{ type: 'url_citation', url_citation: { url: more, title: 'B' } }, null] }),
      chunk({ context: { citations: [{ title: 'Own data' }] } }),
      { sources: [{ source: { name: 'Manual' } }] },
      '[DONE]',
    );
    expect(sources(thread)).to.deep.equal([
      [url, 'A'],
      [more, undefined],
      [undefined, 'Own data'],
      [undefined, 'Manual'],
    ]);
    expect(text(thread)).to.equal('ab');
  });
});
