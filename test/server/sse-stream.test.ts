import { expect } from 'chai';
import { createSSEStream, sseResponse } from '../../src/server/index.js';

const decoder = new TextDecoder();

async function outcome(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    return error;
  }
}

describe('createSSEStream', () => {
  it('sends messages in order and ends', async () => {
    const { stream, send, close } = createSSEStream();
    void send({ data: { type: 'text', content: 'Hi' } });
    void send({ event: 'done', data: {} });
    close();
    const text = await new Response(stream).text();
    expect(text).to.equal('data: {"type":"text","content":"Hi"}\n\nevent: done\ndata: {}\n\n');
  });

  it('does nothing after the end', async () => {
    const { stream, send, close, fail, signal } = createSSEStream();
    close();
    close();
    fail();
    await send({ data: 'late' });
    expect(signal.aborted).to.equal(true);
    expect(await new Response(stream).text()).to.equal('');
  });

  it('aborts its signal when the client goes away, and lets a waiting sender go', async () => {
    const { stream, send, signal } = createSSEStream();
    const sent = send({ data: 'x'.repeat(100_000) });
    await stream.cancel();
    await sent;
    expect(signal.aborted).to.equal(true);
  });

  it('makes a fast sender wait until the client has read', async () => {
    const { stream, send, close } = createSSEStream();
    let waits = true;
    const sent = send({ data: 'x'.repeat(100_000) }).then(() => (waits = false));
    await new Promise((resolve) => setTimeout(resolve));
    expect(waits).to.equal(true);
    const reader = stream.getReader();
    await reader.read();
    await sent;
    expect(waits).to.equal(false);
    close();
  });

  it('breaks off only after what was sent', async () => {
    const { stream, send, fail, signal } = createSSEStream();
    void send({ data: 'one' });
    void send({ data: 'two' });
    fail(new Error('gone'));
    expect(signal.aborted).to.equal(true);
    const reader = stream.getReader();
    expect(decoder.decode((await reader.read()).value)).to.equal('data: one\n\n');
    expect(decoder.decode((await reader.read()).value)).to.equal('data: two\n\n');
    expect(await outcome(reader.read())).to.have.property('message', 'gone');
  });

  it('breaks off at once when nothing waits', async () => {
    const { stream, fail } = createSSEStream();
    fail(new Error('gone'));
    expect(await outcome(stream.getReader().read())).to.have.property('message', 'gone');
  });

  it('closes with the signal it is given, also one that has aborted before', async () => {
    const request = new AbortController();
    const { stream, signal } = createSSEStream({ signal: request.signal });
    request.abort();
    expect(signal.aborted).to.equal(true);
    expect(await new Response(stream).text()).to.equal('');
    const late = createSSEStream({ signal: AbortSignal.abort() });
    expect(await new Response(late.stream).text()).to.equal('');
  });

  it('keeps a silent connection open with comments', async () => {
    const { stream, close } = createSSEStream({ heartbeat: 1 });
    const reader = stream.getReader();
    expect(decoder.decode((await reader.read()).value)).to.equal(': heartbeat\n\n');
    close();
  });

  it('throws at once for a message that would break its line', () => {
    const { send, close } = createSSEStream();
    expect(() => void send({ event: 'a\nb' })).to.throw(TypeError);
    close();
  });
});

describe('sseResponse', () => {
  it('has the headers of a stream that nobody may hold back', () => {
    const { headers, status } = sseResponse(new ReadableStream());
    expect(status).to.equal(200);
    expect(headers.get('content-type')).to.equal('text/event-stream');
    expect(headers.get('cache-control')).to.equal('no-cache, no-transform');
    expect(headers.get('x-accel-buffering')).to.equal('no');
  });

  it('adds to them what it is given', () => {
    const response = sseResponse(new ReadableStream(), {
      status: 201,
      headers: { 'X-Run': '1', 'Cache-Control': 'no-store' },
    });
    expect(response.status).to.equal(201);
    expect(response.headers.get('x-run')).to.equal('1');
    expect(response.headers.get('cache-control')).to.equal('no-store');
    expect(response.headers.get('content-type')).to.equal('text/event-stream');
  });
});
