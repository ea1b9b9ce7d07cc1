import { html } from 'lit';

import {
  axe,
  click,
  expect,
  expectFault,
  fixture,
  frame,
  play,
  press,
  requestsSeen,
  streamed,
  type,
  until,
} from '../support/index.js';

describe('the test page', () => {
  it('is a secure context under a strict policy', async () => {
    expect(window.isSecureContext).to.equal(true);
    const csp = expectFault('csp', 'style-src');
    document.body.setAttribute('style', 'color: red');
    await csp;
    document.body.removeAttribute('style');
  });

  it('refuses HTML strings', async () => {
    const csp = expectFault('csp', 'require-trusted-types-for');
    const element = document.createElement('div');
    expect(() => (element.innerHTML = '<b>a</b>')).to.throw(TypeError);
    await csp;
  });

  it('refuses other hosts', async () => {
    const csp = expectFault('csp', 'connect-src');
    const answer = await fetch('http://192.0.2.1/').catch((error: unknown) => error);
    expect(answer).to.be.instanceOf(TypeError);
    await csp;
  });

  it('notices an uncaught error', async () => {
    const error = expectFault('error', 'thrown on purpose');
    setTimeout(() => {
      throw new Error('thrown on purpose');
    });
    await error;
  });

  it('notices an unhandled rejection', async () => {
    const rejection = expectFault('rejection', 'rejected on purpose');
    void Promise.reject(new Error('rejected on purpose'));
    await rejection;
  });

  it('notices console.error', async () => {
    const written = expectFault('console', /on purpose 1/);
    console.error('on purpose', 1);
    await written;
  });

  it('notices a request that the server does not know', async () => {
    void expectFault('request', 'GET /api/nowhere');
    const response = await fetch('/api/nowhere');
    expect(response.status).to.equal(404);
    const seen = await requestsSeen();
    expect(seen.map(({ url }) => url)).to.include('/api/nowhere');
  });

  it('notices what goes wrong inside a frame', async () => {
    const csp = expectFault('csp', 'style-src');
    const server = await play({
      answers: [
        {
          headers: { 'content-type': 'text/html' },
          steps: [
            {
              write:
                '<!doctype html><script src="/test/support/frame-faults.js"></script><p style="color:red">a',
            },
          ],
        },
      ],
    });
    await frame(server.url);
    await csp;
  });
});

describe('input and accessibility', () => {
  it('types, presses and clicks', async () => {
    const field = await fixture<HTMLTextAreaElement>(html`<textarea aria-label="Words"></textarea>`);
    const keys: string[] = [];
    field.addEventListener('keydown', ({ key, shiftKey }) => keys.push(`${shiftKey ? 'Shift+' : ''}${key}`));
    await click(field);
    expect(document.activeElement).to.equal(field);
    await type('ab');
    await press('Shift+Enter');
    await press('Enter');
    expect(keys).to.include.members(['a', 'b', 'Shift+Enter', 'Enter']);
    expect(field.value).to.equal('ab\n\n');
  });

  it('finds what axe-core finds', async () => {
    await axe(await fixture(html`<button>Send</button>`));
    const bare = await fixture(html`<button></button>`);
    const failure = await axe(bare).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(failure).to.include('button-name');
  });
});

describe('until', () => {
  it('waits, and names what it waited for', async () => {
    let looks = 0;
    expect(await until(() => ++looks > 2 && 'there')).to.equal('there');
    const failure = await until(() => false, 'it came', { timeout: 1 }).catch(
      (error: Error) => error.message,
    );
    expect(failure).to.equal('it came within 1 ms');
  });
});

describe('streamed', () => {
  it('answers with an event stream', async () => {
    const server = await play(streamed('data: a\n\n', 'data: b\n\n'));
    const response = await fetch(`${server.url}/v1/chat?x=1`, {
      method: 'POST',
      body: 'hello',
      headers: { 'x-a': 'b' },
    });
    expect(response.headers.get('content-type')).to.equal('text/event-stream');
    expect(await response.text()).to.equal('data: a\n\ndata: b\n\n');
    const [request] = await server.requests();
    expect(request).to.include({ method: 'POST', url: '/v1/chat?x=1', body: 'hello' });
    expect(request?.headers).to.include({ 'x-a': 'b' });
  });
});
