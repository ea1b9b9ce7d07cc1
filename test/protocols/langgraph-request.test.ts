import type { Message } from '../../src/model/thread.js';
import { langGraph } from '../../src/protocols/langgraph.js';
import { expect } from '../support/index.js';

describe('the langgraph request', () => {
  it('asks with all messages, or with the question alone where a thread keeps the rest', () => {
    const text = (id: string, value: string) => ({ type: 'text', id, text: value, done: true }) as const;
    const base = { status: 'complete', createdAt: 0, metadata: {} } as const;
    const image = {
      type: 'file',
      id: 'f',
      mediaType: 'image/png',
      url: 'data:image/png;base64,AA==',
      done: true,
    } as const;
    const pdf = {
      ...image,
      mediaType: 'application/pdf',
      url: 'data:application/pdf;base64,AA==',
      name: 'a.pdf',
    };
    const messages: Message[] = [
      { ...base, id: '1', role: 'user', parts: [text('t', 'Hi')] },
      { ...base, id: '2', role: 'assistant', parts: [text('t', 'Which city?')] },
      { ...base, id: '3', role: 'user', parts: [text('t', 'Oslo'), image, pdf] },
    ];
    const settings = {
      assistant_id: 'agent',
      stream_mode: ['messages-tuple', 'updates'],
      on_disconnect: 'cancel',
    };
    const question = {
      role: 'user',
      content: [
        { type: 'text', text: 'Oslo' },
        { type: 'image_url', image_url: { url: image.url } },
        {
          type: 'file',
          source_type: 'base64',
          data: 'AA==',
          mime_type: 'application/pdf',
          metadata: { filename: 'a.pdf' },
        },
      ],
    };
    expect(langGraph.encode({ text: 'Oslo', messages, threadId: null }).body).to.deep.equal({
      ...settings,
      input: {
        messages: [{ role: 'user', content: 'Hi' }, { role: 'assistant', content: 'Which city?' }, question],
      },
    });
    expect(langGraph.encode({ text: 'Oslo', messages, threadId: 't' }).body).to.deep.equal({
      ...settings,
      input: { messages: [question] },
    });
    const interrupt = {
      type: 'data',
      id: 'i',
      name: 'interrupt',
      data: { id: 'i', value: 'Which city?' },
      done: true,
    } as const;
    const asked = messages.with(1, { ...messages[1]!, parts: [text('t', 'Which city?'), interrupt] });
    expect(langGraph.encode({ text: 'Oslo', messages: asked, threadId: 't' }).body).to.deep.equal({
      ...settings,
      command: { resume: 'Oslo' },
    });
  });

  it('joins a run again after an event, or from its start, and cancels it, at the address that the answer named', () => {
    const running = { threadId: 't', lastEventId: '' };
    for (const location of [
      'https://x.test/threads/t/runs/r',
      'https://x.test/threads/t/runs/r/stream?x=1',
    ]) {
      expect(langGraph.resume!('/runs/stream', { ...running, location })).to.deep.equal({
        address: 'https://x.test/threads/t/runs/r/stream',
        headers: { 'last-event-id': '-1' },
      });
      expect(
        langGraph.resume!('/runs/stream', { ...running, location, lastEventId: '5-0' })?.headers,
      ).to.deep.equal({ 'last-event-id': '5-0' });
      expect(langGraph.stop!('/runs/stream', { ...running, location })).to.deep.equal({
        address: 'https://x.test/threads/t/runs/r/cancel?wait=false',
        method: 'POST',
      });
    }
    expect(langGraph.resume!('/runs/stream', running)).to.equal(undefined);
    expect(langGraph.stop!('/runs/stream', running)).to.equal(undefined);
  });
});
