import { expect } from '../support/index.js';
import { ask } from './helpers.js';

describe('what the fallback endpoint answers', () => {
  const page = () => new Response('<p>No streams here', { headers: { 'content-type': 'text/html' } });

  /** Not by a server: none of the tests leaves a label out. */
  async function fallBackTo(body: string, type?: string) {
    const label = type === undefined ? [] : [['content-type', type] as [string, string]];
    const answers = [page(), new Response(new TextEncoder().encode(body), { headers: label })];
    return ask({ endpoint: '/x', fallbackEndpoint: '/y', fetch: async () => answers.shift()! });
  }

  it('is the answer where it is plain text', async () => {
    for (const type of ['text/plain', 'TEXT/PLAIN; charset=utf-8']) {
      const { text, chat } = await fallBackTo('Just words', type);
      expect(text, type).to.equal('Just words');
      expect(chat.status.get(), type).to.equal('complete');
    }
  });

  it('is the error it names', async () => {
    const { error } = await fallBackTo('{"error":"No credit"}', 'application/json');
    expect(error).to.include({ code: 'backend', backendMessage: 'No credit' });
  });

  it('is none where it is a page, JSON of something else, a label alone, or nothing', async () => {
    for (const [body, type] of [
      ['<p>Sign in', 'text/html'],
      ['{"status":"ok"}', 'application/json'],
      ['{"status":', 'application/json'],
      ['Just words', 'text/plainest'],
      ['Just words', undefined],
      [' \n', 'text/plain'],
      ['', 'application/json'],
    ] as const) {
      const { text, error } = await fallBackTo(body, type);
      expect(error, `${type} ${body}`).to.include({
        code: 'protocol',
        detail: 'content-type',
        retryable: true,
      });
      expect(text, `${type} ${body}`).to.equal('');
    }
  });
});
