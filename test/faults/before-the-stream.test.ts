import '../../src/define.js';

import type { ChatStreamElement } from '../../src/elements/chat-stream.js';
import { done, lastText, say } from '../chat/helpers.js';
import { read } from '../elements/helpers.js';
import {
  answerShown,
  askWith,
  failureShown,
  holdsNothingOf,
  sentences,
  tryAgain,
  widgetWith,
} from '../support/fault-widget.js';
import { allowFaults, expect, expectFault, onCleanup, play, slowness, until } from '../support/index.js';
import { closedPort, type Answer, type Play } from '../support/play.js';

const whole: Answer = { steps: [{ write: say('Hello') + done }] };
const typed = (type: string, write: string, status = 200): Answer => ({
  status,
  headers: { 'content-type': type },
  steps: [{ write }],
});

/** What a person sees and hears of a run that failed, whatever it was. */
function expectFailure(
  { element, said }: { element: ChatStreamElement; said: string[] },
  words: string,
): void {
  expect(failureShown(element)).to.include(words);
  expect(said.at(-1), 'heard at once')
    .to.include(words)
    .and.match(/^assertive/);
  expect(element.matches(':state(error)')).to.equal(true);
  expect(element.matches(':state(busy)'), 'no spinner').to.equal(false);
  expect(read(element)).to.include('Why?').and.not.include('Working');
}

describe('a backend that cannot be reached', () => {
  const causes: Record<string, () => Promise<{ endpoint: string; server?: Play }>> = {
    'a closed port': async () => ({ endpoint: await closedPort() }),
    'a name nobody has': async () => ({ endpoint: 'http://chat-stream.invalid/chat' }),
    'a connection that is reset': async () => {
      const server = await play({ answers: [{ status: 0, end: 'reset' }], cors: [] });
      return { endpoint: server.otherUrl, server };
    },
    'a connection that is closed without an answer': async () => {
      const server = await play({ answers: [{ status: 0, end: 'close' }], cors: [] });
      return { endpoint: server.otherUrl, server };
    },
    'a server that does not speak HTTP': async () => {
      const server = await play({ answers: [{ raw: true, steps: [{ write: 'NO\r\n\r\n' }] }], cors: [] });
      return { endpoint: server.otherUrl, server };
    },
    'an origin that does not let the page ask': async () => ({
      endpoint: (await play({ answers: [whole] })).otherUrl,
    }),
    'the policy of the page': async () => {
      // Told once for each request, and an engine may tell twice.
      allowFaults('csp', 'connect-src');
      return { endpoint: 'http://localhost:9/chat' };
    },
  };

  for (const [cause, set] of Object.entries(causes)) {
    it(`for ${cause}: says so, offers to try again, and has sent the question once`, async () => {
      const { endpoint, server } = await set();
      const asked = await askWith({ endpoint });
      expectFailure(asked, sentences.network);
      expect(asked.element.error).to.include({ code: 'network', retryable: true });
      expect(tryAgain(asked.element)?.textContent.trim()).to.equal('Try again');
      expect(answerShown(asked.element)).to.equal('');
      if (server) expect(await server.requests()).to.have.length(1);
    });
  }

  it('is asked three times at most, with the same key each, where the page opted into one', async () => {
    const server = await play({ answers: [{ status: 0, end: 'reset' }], cors: [] });
    const asked = await askWith({ endpoint: server.otherUrl, idempotencyHeader: 'idempotency-key' });
    expectFailure(asked, sentences.network);
    const requests = await server.requests();
    expect(requests).to.have.length(3);
    const keys = new Set(requests.map(({ headers }) => headers['idempotency-key']));
    expect([...keys]).to.have.length(1);
    expect([...keys][0]).to.match(/\S{8,}/);
    // A wait of up to half a second, then of up to a second; the rest is the machine's.
    expect(requests[1]!.at - requests[0]!.at).to.be.below(3500 * slowness());
  });

  it('gives the whole answer when it comes back meanwhile', async () => {
    const server = await play({ answers: [{ status: 0, end: 'reset' }, whole], cors: [] });
    const asked = await askWith({ endpoint: server.otherUrl, idempotencyHeader: 'idempotency-key' });
    await until(() => answerShown(asked.element) === 'Hello');
    expect(failureShown(asked.element)).to.equal('');
    expect(asked.said.at(-1)).to.equal('polite: Answer complete');
    expect(await server.requests()).to.have.length(2);
  });

  it('answers when the person tries again', async () => {
    const server = await play({ answers: [{ status: 0, end: 'reset' }, whole], cors: [] });
    const { element } = await askWith({ endpoint: server.otherUrl });
    tryAgain(element)!.click();
    await until(() => answerShown(element) === 'Hello' && failureShown(element) === '');
    expect(await server.requests()).to.have.length(2);
  });
});

describe('a page without a network', () => {
  const goOffline = (): void => {
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
    onCleanup(goOnline);
    window.dispatchEvent(new Event('offline'));
  };
  const goOnline = (): void => {
    Reflect.deleteProperty(navigator, 'onLine');
    window.dispatchEvent(new Event('online'));
  };

  it('says so at once and sends nothing by itself when the network is back; Try again does', async () => {
    goOffline();
    const server = await play({ answers: [whole] });
    const asked = await askWith({ endpoint: await closedPort(), idempotencyHeader: 'idempotency-key' });
    expectFailure(asked, sentences.offline);
    expect(asked.element.error).to.include({ code: 'network', detail: 'offline' });
    const { element } = asked;
    element.endpoint = server.url;
    expect(tryAgain(element)!.getAttribute('aria-disabled')).to.equal('true');
    tryAgain(element)!.click();
    goOnline();
    await until(() => tryAgain(element)!.getAttribute('aria-disabled') === 'false');
    expect(await server.requests()).to.have.length(0);
    tryAgain(element)!.click();
    await until(() => answerShown(element) === 'Hello');
    expect(await server.requests()).to.have.length(1);
  });
});

describe('what comes in place of a stream', () => {
  const page = '<!doctype html><title>Sign in</title><form><input name=user><script>alert(1)</script></form>';

  for (const type of [
    'text/html',
    'text/html; charset=utf-8',
    'text/event-stream',
    'application/xhtml+xml',
  ]) {
    it(`a page with status 200, called ${type}, is told apart and never shown`, async () => {
      const server = await play({ answers: [typed(type, page)] });
      const asked = await askWith({ endpoint: server.url });
      expectFailure(asked, sentences.protocol);
      expect(asked.element.error).to.include({ code: 'protocol', detail: 'content-type' });
      expect(read(asked.element)).not.to.include('Sign in');
      expect(holdsNothingOf(asked.element, 'form, input, script, title')).to.equal(true);
      expect(await server.requests()).to.have.length(1);
    });
  }

  for (const type of ['text/event-streamx', 'image/png', 'application/pdf']) {
    it(`an answer called ${type} is no stream`, async () => {
      const server = await play({ answers: [typed(type, say('Hello') + done)] });
      const asked = await askWith({ endpoint: server.url });
      expectFailure(asked, sentences.protocol);
      expect(answerShown(asked.element)).to.equal('');
    });
  }

  for (const type of ['TEXT/EVENT-STREAM;Charset=UTF-8;x=y', 'text/event-stream; charset=iso-8859-1', '']) {
    it(`an answer called ${type || 'nothing'} is a stream in UTF-8`, async () => {
      const server = await play({ answers: [typed(type, say('Grüße 😀') + done)] });
      const { element } = await askWith({ endpoint: server.url });
      await until(() => answerShown(element) === 'Grüße 😀');
      expect(failureShown(element)).to.equal('');
    });
  }

  it('an error as JSON with status 200 is an error, its words text', async () => {
    const json = '{"error":{"message":"No <b>credit</b>"}}';
    const asked = await askWith({
      endpoint: (await play({ answers: [typed('application/json', json)] })).url,
    });
    expectFailure(asked, sentences.backend);
    expect(failureShown(asked.element)).to.include('No <b>credit</b>');
    expect(holdsNothingOf(asked.element, 'b')).to.equal(true);
  });

  it('a whole answer as JSON is an answer; other JSON is not shown', async () => {
    const answers = [
      typed('application/json', '{"answer":"Hello"}'),
      typed('application/json', '{"status":7}'),
    ];
    const { url } = await play({ answers });
    const { element } = await askWith({ endpoint: url });
    await until(() => answerShown(element) === 'Hello');
    const asked = await askWith({ endpoint: url });
    expectFailure(asked, sentences.protocol);
    expect(read(asked.element)).not.to.include('status');
  });

  for (const status of [204, 205, 304]) {
    it(`a ${status}, which has no body, leaves no spinner behind`, async () => {
      // Nothing must follow on a connection whose last answer an engine may read on.
      const server = await play({ answers: [{ status, headers: { connection: 'close' } }] });
      const asked = await askWith({ endpoint: server.url });
      expectFailure(asked, '');
      expect(failureShown(asked.element)).to.satisfy(
        (words: string) => words.includes(sentences.empty) || (status === 304 && words !== ''),
      );
    });
  }

  it('a 206 is read as what it holds', async () => {
    const server = await play({ answers: [{ ...whole, status: 206 }] });
    const { element } = await askWith({ endpoint: server.url });
    await until(() => answerShown(element) === 'Hello');
  });

  it('something else than HTTP is told apart in each engine', async () => {
    const server = await play({ answers: [{ raw: true, steps: [{ write: 'GARBAGE\r\n\r\n' }] }] });
    const asked = await askWith({ endpoint: server.url, protocol: 'openai-chat' });
    // Firefox takes it for the body of an HTTP/0.9 answer.
    const code = asked.element.error?.code;
    expect(code).to.be.oneOf(['network', 'protocol', 'interrupted']);
    expectFailure(asked, code === 'network' ? sentences.network : '');
    expect(read(asked.element)).not.to.include('GARBAGE');
  });
});

describe('a redirect', () => {
  for (const status of [301, 302, 303, 307, 308]) {
    it(`with ${status} is refused, on the same origin and to another: nothing arrives there`, async () => {
      const here = await play({ answers: [whole] });
      const there = await play({ answers: [whole], cors: [] });
      for (const location of [here.url, there.otherUrl]) {
        const server = await play({ answers: [{ status, headers: { location } }] });
        const asked = await askWith({ endpoint: server.url, headers: { 'x-api-key': 'secret' } });
        expectFailure(asked, sentences.network);
        expect(await server.requests()).to.have.length(1);
      }
      expect(await here.requests()).to.have.length(0);
      expect(await there.requests()).to.have.length(0);
    });
  }
});

describe('an answer that does not begin', () => {
  it('ends after the time for headers, and the connection is closed', async () => {
    const server = await play({ answers: [{ status: 0, end: 'hang' }] });
    const asked = await askWith({ endpoint: server.url, limits: { headersTimeout: 400 } });
    expectFailure(asked, sentences.timeout);
    expect(asked.element.error).to.include({ code: 'timeout', detail: 'no-headers', retryable: true });
    expect((await server.closed()).closed?.by).to.equal('client');
    expect(await server.requests()).to.have.length(1);
  });

  it('can be stopped, and is then stopped and no failure', async () => {
    const server = await play({ answers: [{ status: 0, end: 'hang' }] });
    const { element, said } = await widgetWith({ endpoint: server.url });
    const answer = element.send('Why?');
    await server.requests(1);
    element.stop();
    await answer;
    expect(element.status).to.equal('stopped');
    expect((await server.closed()).closed?.by).to.equal('client');
    await until(() => said.at(-1) === 'polite: Answer stopped');
    expect(lastText(element.chat)).to.equal('');
  });
});

describe('whoever develops the page', () => {
  const warnings = (): string[] => {
    const heard: string[] = [];
    const { warn } = console;
    console.warn = (words: string) => void heard.push(words);
    onCleanup(() => (console.warn = warn));
    return heard;
  };

  it('is told the likely causes of a request that failed', async () => {
    const heard = warnings();
    const endpoint = `${await closedPort()}/chat`;
    await askWith({ endpoint });
    const words = await until(() => heard.find((one) => one.includes(endpoint)));
    expect(words).to.include('Access-Control-Allow-Origin').and.include('redirect');
  });

  it('is told when it was the policy of the page', async () => {
    const heard = warnings();
    const told = expectFault('csp', 'connect-src');
    // An engine may tell twice of one request.
    allowFaults('csp', 'connect-src');
    await askWith({ endpoint: 'http://localhost:9/policy' });
    expect((await told).message).to.include('localhost:9');
    const words = await until(() => heard.find((one) => one.includes('http://localhost:9/policy')));
    expect(words).to.include('connect-src');
  });
});
