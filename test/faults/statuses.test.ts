import '../../src/define.js';

import type { ChatStreamElement } from '../../src/elements/chat-stream.js';
import { done, say } from '../chat/helpers.js';
import { holdTimers } from '../chat/tab.js';
import { buttonNamed, messages, read } from '../elements/helpers.js';
import {
  answerShown,
  askWith,
  drawn,
  failureShown,
  holdsNothingOf,
  sentences,
  tryAgain,
  waitShown,
  widgetWith,
} from '../support/fault-widget.js';
import { expect, onCleanup, play, slowness, until } from '../support/index.js';
import type { Answer } from '../support/play.js';
import { clock } from '../support/time.js';

const whole: Answer = { steps: [{ write: say('Hello') + done }] };

/** An error as backends send it, with words that would be markup. */
const refusal = (status: number, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  steps: [{ write: '{"error":{"message":"Because <b>so</b>"}}' }],
});

/** The run's wait, or nothing. */
const waitOf = (element: ChatStreamElement) => element.thread.run?.wait;

/**
 * Ends each wait at once, and tells how long it would have been, in milliseconds. Meanwhile nothing else ends it, and the
 * clock stands still: a frame, in which a wait is told, may take long to come. Chance gives nearly its most.
 */
function withoutWaiting(element: ChatStreamElement): number[] {
  const waits: number[] = [];
  let seen: unknown;
  const { random } = Math;
  Math.random = () => 0.9;
  onCleanup(() => (Math.random = random));
  clock();
  holdTimers();
  element.chat.thread.subscribe(() => {
    const wait = waitOf(element);
    if (!wait || wait === seen) return;
    seen = wait;
    waits.push(wait.until! - Date.now());
    element.chat.tryNow();
  });
  return waits;
}

async function askAtOnce(properties: Partial<ChatStreamElement>) {
  const asked = await widgetWith(properties);
  const waits = withoutWaiting(asked.element);
  await asked.element.send('Why?');
  await drawn(asked.element);
  return { ...asked, waits };
}

describe('a status that stays', () => {
  for (const [statuses, words, again] of [
    [[400, 405, 415, 418, 422], sentences.refused, false],
    [[403], sentences.signIn, false],
    [[404], sentences.notFound, false],
    [[413], sentences.tooLong, false],
    [[500, 501, 505, 520], sentences.server, true],
  ] as const) {
    for (const status of statuses) {
      it(`${status}: is asked once, and told in our words, the backend's beside them as text`, async () => {
        const server = await play({ answers: [refusal(status), whole] });
        const { element, said } = await askWith({ endpoint: server.url });
        expect(element.error).to.include({ code: 'http', status, retryable: again });
        expect(failureShown(element)).to.include(words).and.include('Because <b>so</b>');
        expect(holdsNothingOf(element, 'b')).to.equal(true);
        expect(said.at(-1)).to.match(/^assertive/);
        expect(tryAgain(element) !== undefined, 'Try again').to.equal(again);
        expect(await server.requests()).to.have.length(1);
      });
    }
  }

  it('401: asks the headers function once more, then tells to sign in', async () => {
    const server = await play({ answers: [refusal(401)] });
    let count = 0;
    const headers = async () => ({ authorization: `Bearer ${++count}` });
    const { element } = await askWith({ endpoint: server.url, headers });
    expect(failureShown(element)).to.include(sentences.signIn);
    expect(element.error).to.include({ status: 401, detail: 'auth', retryable: false });
    const tokens = (await server.requests()).map((request) => request.headers.authorization);
    expect(tokens).to.deep.equal(['Bearer 1', 'Bearer 2']);
    expect(count).to.equal(2);
  });

  it('401: is not seen where the second token is a good one', async () => {
    const server = await play({ answers: [refusal(401), whole] });
    const { element } = await askWith({ endpoint: server.url, headers: () => ({ 'x-token': '1' }) });
    await until(() => answerShown(element) === 'Hello');
    expect(failureShown(element)).to.equal('');
  });

  it('401: with headers that are no function there is nothing else to ask with', async () => {
    const server = await play({ answers: [refusal(401), whole] });
    const { element } = await askWith({ endpoint: server.url, headers: { 'x-token': '1' } });
    expect(failureShown(element)).to.include(sentences.signIn);
    expect(await server.requests()).to.have.length(1);
  });

  it('an HTML page with an error status shows none of it', async () => {
    const html = '<html><body><h1>Bad Gateway</h1><script>alert(1)</script></body></html>';
    const answer = { status: 500, headers: { 'content-type': 'text/html' }, steps: [{ write: html }] };
    const { element } = await askWith({ endpoint: (await play({ answers: [answer] })).url });
    expect(failureShown(element)).to.include(sentences.server);
    expect(read(element)).not.to.include('Bad Gateway');
    expect(holdsNothingOf(element, 'h1, script')).to.equal(true);
  });

  it('is told though its body never ends, or is endless, or is long', async () => {
    const type = { 'content-type': 'application/json' };
    const answers: Answer[] = [
      { status: 500, headers: type, steps: [{ write: '{"error":' }], end: 'hang' },
      { status: 500, headers: type, steps: [{ repeat: { write: 'x'.repeat(4096), times: -1 } }] },
      {
        status: 400,
        headers: type,
        steps: [{ write: `{"error":{"message":"${'A\\u202e '.repeat(5000)}"}}` }],
      },
    ];
    for (const answer of answers) {
      const server = await play({ answers: [answer] });
      const start = performance.now();
      const { element } = await askWith({ endpoint: server.url });
      expect(performance.now() - start, '3 s, and a loaded machine').to.be.below(8000 * slowness());
      expect(element.error).to.include({ code: 'http', status: answer.status });
      expect(failureShown(element)).not.to.equal('').and.not.include('\u202e');
      expect(failureShown(element).length, 'what is shown').to.be.below(700);
      if (answer.status === 500) expect((await server.closed()).closed?.by).to.equal('client');
    }
  });
});

describe('a status that passes', () => {
  for (const status of [408, 425, 429, 502, 503, 504, 529]) {
    it(`${status}: is asked again by itself, and the answer comes`, async () => {
      // Where no connection is used twice: Chromium repeats a 408 by itself on one that served before.
      const server = await play({ answers: [refusal(status), whole], cors: [] });
      const { element, waits } = await askAtOnce({ endpoint: server.otherUrl });
      await until(() => answerShown(element) === 'Hello');
      expect(failureShown(element)).to.equal('');
      expect(await server.requests()).to.have.length(2);
      expect(waits).to.have.length(1);
      expect(waits[0], 'up to half a second').to.be.within(0, 450);
    });

    it(`${status}: for ever, is asked three times in all, then told`, async () => {
      const server = await play({ answers: [refusal(status)], cors: [] });
      const { element, waits } = await askAtOnce({ endpoint: server.otherUrl });
      expect(failureShown(element)).to.include(
        { 429: sentences.busy }[status] ?? (status < 500 ? sentences.refused : sentences.server),
      );
      expect(tryAgain(element)?.textContent.trim()).to.equal('Try again');
      expect(await server.requests()).to.have.length(3);
      expect(waits).to.have.length(2);
      expect(waits[1], 'up to a second').to.be.within(0, 900);
    });
  }

  it('shows how long it waits and why, with Try now and Stop; Try now asks at once', async () => {
    clock();
    const server = await play({ answers: [refusal(503, { 'retry-after': '40' }), whole] });
    const { element, said } = await widgetWith({ endpoint: server.url });
    void element.send('Why?');
    await until(() => waitShown(element).includes('Trying again in 40 s'));
    expect(waitShown(element)).to.include('The service is busy.');
    expect(element.status, 'not over yet').to.equal('loading');
    expect(failureShown(element)).to.equal('');
    await until(() => said.includes('polite: Trying again'));
    buttonNamed(messages(element).at(-1)!, 'Try now')!.click();
    await until(() => answerShown(element) === 'Hello' && waitShown(element) === '');
    expect(await server.requests()).to.have.length(2);
  });

  it('can be stopped while it waits: nothing is asked any more', async () => {
    const server = await play({ answers: [refusal(429, { 'retry-after': '30' }), whole] });
    const { element } = await widgetWith({ endpoint: server.url });
    void element.send('Why?');
    await until(() => waitShown(element).includes('Trying again'));
    expect(waitShown(element)).to.include(sentences.busy);
    buttonNamed(messages(element).at(-1)!, 'Stop')!.click();
    await until(() => element.status === 'stopped' && waitShown(element) === '');
    expect(failureShown(element)).to.equal('');
    expect(await server.requests()).to.have.length(1);
  });

  it('waits as long as the backend says: seconds, fractions, a date, milliseconds', async () => {
    const waitAfter = async (headers: Record<string, string>) => {
      const server = await play({ answers: [refusal(429, headers), whole] });
      const { waits } = await askAtOnce({ endpoint: server.url });
      return waits[0];
    };
    const began = performance.now();
    // A date has no fractions, and the server's clock goes on.
    const toDate = await waitAfter({ 'retry-after': '@now+9s' });
    expect(toDate).to.be.within(8000, 9000 + performance.now() - began);
    expect(await waitAfter({ 'retry-after': '2' })).to.equal(2000);
    expect(await waitAfter({ 'retry-after': '1.5' })).to.equal(1500);
    expect(await waitAfter({ 'retry-after-ms': '700' })).to.equal(700);
    expect(await waitAfter({ 'retry-after': '60' })).to.equal(60_000);
  });

  it('really waits that long before it asks', async () => {
    const server = await play({ answers: [refusal(429, { 'retry-after': '1' }), whole] });
    const { element } = await askWith({ endpoint: server.url });
    await until(() => answerShown(element) === 'Hello');
    const [first, second] = await server.requests();
    expect(second!.at - first!.at).to.be.within(980, 8000);
  });

  it('falls back to its own wait where the backend says nothing that makes sense', async () => {
    for (const value of ['-5', 'soon', '', 'NaN', '1e3x']) {
      const server = await play({ answers: [refusal(429, { 'retry-after': value }), whole] });
      const { waits } = await askAtOnce({ endpoint: server.url });
      expect(waits, value).to.have.length(1);
      expect(waits[0], value).to.be.within(0, 450);
    }
  });

  it('of more than a minute is not waited for: the person is told how long it takes', async () => {
    const server = await play({ answers: [refusal(429, { 'retry-after': '86400' })] });
    const { element, waits } = await askAtOnce({ endpoint: server.url });
    expect(waits).to.have.length(0);
    expect(await server.requests()).to.have.length(1);
    expect(failureShown(element)).to.match(/Try again in (a day|\d+ (hours|minutes))/);
  });

  it('obeys x-should-retry, either way', async () => {
    const no = await play({ answers: [refusal(429, { 'x-should-retry': 'false' }), whole] });
    expect(failureShown((await askAtOnce({ endpoint: no.url })).element)).to.include(sentences.busy);
    expect(await no.requests()).to.have.length(1);
    const yes = await play({ answers: [refusal(500, { 'x-should-retry': 'true' }), whole] });
    const { element } = await askAtOnce({ endpoint: yes.url });
    await until(() => answerShown(element) === 'Hello');
    expect(await yes.requests()).to.have.length(2);
  });

  it('of another origin says how long only where it is let read; else our own wait is taken', async () => {
    const answers = [refusal(429, { 'retry-after': '30' }), whole];
    for (const [cors, least, most] of [
      [['retry-after'], 29_000, 30_000],
      [[], 0, 450],
    ] as const) {
      const server = await play({ answers, cors: [...cors] });
      const { element, waits } = await askAtOnce({ endpoint: server.otherUrl });
      await until(() => answerShown(element) === 'Hello');
      expect(waits[0]).to.be.within(least, most);
    }
  });
});
