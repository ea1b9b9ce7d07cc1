import '../../src/define.js';

import type { ChatStreamElement } from '../../src/elements/chat-stream.js';
import { done, lastText, say } from '../chat/helpers.js';
import { messages, read } from '../elements/helpers.js';
import {
  answerShown,
  askWith,
  drawn,
  failureShown,
  holdsNothingOf,
  sentences,
  tryAgain,
  widgetWith,
} from '../support/fault-widget.js';
import { expect, play, slowness, until } from '../support/index.js';
import type { Answer, Step } from '../support/play.js';

const write = (text: string): Step => ({ write: text });
const bytesOf = (text: string): Step[] => [
  { base64: btoa(String.fromCharCode(...new TextEncoder().encode(text))) },
];

/** What a person sees and hears of an answer that broke off. */
async function expectBroken(
  { element, said }: { element: ChatStreamElement; said: string[] },
  text: string,
  words = sentences.interrupted,
): Promise<void> {
  await until(() => answerShown(element) === text, `${answerShown(element)} is shown, not ${text}`);
  expect(lastText(element.chat)).to.equal(text);
  expect(read(messages(element).at(-1)!)).to.include('Incomplete');
  expect(failureShown(element)).to.include(words);
  expect(tryAgain(element)?.textContent.trim()).to.equal('Try again');
  expect(said.filter((one) => one.startsWith('assertive'))).to.have.length(1);
  expect(said.at(-1)).to.include(words);
  expect(said).not.to.include('polite: Answer complete');
  expect(element.matches(':state(error)') && !element.matches(':state(complete)')).to.equal(true);
}

async function expectWhole({ element, said }: { element: ChatStreamElement; said: string[] }, text: string) {
  await until(() => answerShown(element) === text, `${answerShown(element)} is shown, not ${text}`);
  expect(failureShown(element)).to.equal('');
  expect(element.status).to.equal('complete');
  expect(read(messages(element).at(-1)!)).not.to.include('Incomplete');
  expect(said.at(-1)).to.equal('polite: Answer complete');
}

/** Where a stream is cut, in bytes after its first event. */
const places: Record<string, Uint8Array> = {
  'between two events': new Uint8Array(),
  'inside an event': new TextEncoder().encode('data: {"type":"text","con'),
  'inside a character of UTF-8': new TextEncoder()
    .encode('data: {"type":"text","content":"caf\u00e9')
    .slice(0, -1),
  'inside the escape of a surrogate pair': new TextEncoder().encode(
    'data: {"type":"text","content":"\\ud83d\\ud',
  ),
  'before the empty line that ends an event': new TextEncoder().encode('data: {"type":"text","content":"x"'),
};

/** How it is cut. */
const kinds: Record<string, Partial<Answer>> = {
  'a reset': { end: 'reset' },
  'a connection that goes': { end: 'truncate' },
  'a clean end': { end: 'close' },
  'the end of a connection that delimits the body': { framing: 'close', end: 'close' },
  'fewer bytes than were promised': { headers: { 'content-length': '100000' }, end: 'truncate' },
};

describe('a cut', () => {
  for (const [place, rest] of Object.entries(places)) {
    for (const [kind, how] of Object.entries(kinds)) {
      it(`${place} by ${kind}: the whole events before it stay, and the answer is marked as broken off`, async () => {
        const base64 = btoa(String.fromCharCode(...rest));
        const server = await play({
          answers: [{ steps: [write(say('Half')), { base64 }, { gate: 'cut' }], ...how }],
        });
        const asked = await widgetWith({ endpoint: server.url });
        const answer = asked.element.send('Why?');
        await until(() => lastText(asked.element.chat) === 'Half');
        await server.release('cut');
        await answer;
        await drawn(asked.element);
        await expectBroken(asked, 'Half');
        expect(asked.element.error).to.include({ code: 'interrupted', retryable: true });
        expect(await server.requests(), 'no second POST').to.have.length(1);
      });
    }
  }

  it('of a gzipped body, which every engine calls a clean end, is one too', async () => {
    const words = Array.from({ length: 400 }, (_, n) => `${(n * 7919) % 10_007} `);
    const body = words.map(say).join('') + done;
    const server = await play({ answers: [{ gzip: 'half', steps: [write(body)] }] });
    const asked = await askWith({ endpoint: server.url });
    const text = lastText(asked.element.chat);
    expect(words.join('').startsWith(text) && text.length < words.join('').length).to.equal(true);
    expect(asked.element.error).to.include({ code: 'interrupted' });
    expect(failureShown(asked.element)).to.include(sentences.interrupted);
  });

  it('between two halves of a surrogate pair shows no replacement character, before or after', async () => {
    const server = await play({
      answers: [
        {
          steps: [write('data: {"type":"text","content":"x\\ud83d"}\n\n'), { gate: 'cut' }],
          end: 'truncate',
        },
      ],
    });
    const { element } = await widgetWith({ endpoint: server.url });
    const answer = element.send('Why?');
    await until(() => answerShown(element) === 'x');
    await server.release('cut');
    await answer;
    await drawn(element);
    expect(answerShown(element).replace('\ud83d', '')).to.equal('x');
    expect(failureShown(element)).to.include(sentences.interrupted);
  });

  it('is over when the person tries again: the new answer takes the place of the half one', async () => {
    const server = await play({
      answers: [{ steps: [write(say('Half'))] }, { steps: [write(say('Whole') + done)] }],
    });
    const asked = await askWith({ endpoint: server.url });
    await expectBroken(asked, 'Half');
    tryAgain(asked.element)!.click();
    await until(() => asked.element.status === 'complete');
    await expectWhole(asked, 'Whole');
    expect(read(asked.element)).not.to.include('Half');
    expect(await server.requests()).to.have.length(2);
  });
});

describe('the end mark', () => {
  it('ends an answer at once though the connection stays open, which is then left within two seconds', async () => {
    const server = await play({ answers: [{ steps: [write(say('Whole') + done)], end: 'hang' }] });
    const asked = await askWith({ endpoint: server.url });
    await expectWhole(asked, 'Whole');
    const end = Date.now();
    const { closed } = await server.closed();
    expect(closed!.by).to.equal('client');
    expect(closed!.at - end, 'two seconds, and a loaded machine').to.be.below(6000 * slowness());
  });

  it('makes a reset that follows it no error', async () => {
    const server = await play({
      answers: [{ steps: [write(say('Whole') + done), { gate: 'cut' }], end: 'reset' }],
    });
    const asked = await askWith({ endpoint: server.url });
    await server.release('cut');
    await server.closed();
    await expectWhole(asked, 'Whole');
  });

  it('ends it once: what follows belongs to nobody', async () => {
    const server = await play({ answers: [{ steps: [write(say('Whole') + done + say('more') + done)] }] });
    await expectWhole(await askWith({ endpoint: server.url }), 'Whole');
  });
});

describe('silence', () => {
  it('in the middle of an answer ends it after the time for silence', async () => {
    const server = await play({ answers: [{ steps: [write(say('Half'))], end: 'hang' }] });
    const start = performance.now();
    const asked = await askWith({ endpoint: server.url, limits: { idleTimeout: 700 } });
    expect(performance.now() - start).to.be.greaterThan(680);
    await expectBroken(asked, 'Half', sentences.timeout);
    expect(asked.element.error).to.include({ code: 'timeout', detail: 'idle' });
    expect((await server.closed()).closed?.by).to.equal('client');
  });

  it('is none while there are heartbeats, up to the time for progress', async () => {
    const server = await play({
      answers: [
        { steps: [write(say('Half')), { repeat: { write: ': still here\n\n', times: -1, every: 50 } }] },
      ],
    });
    const start = performance.now();
    const asked = await askWith({
      endpoint: server.url,
      limits: { idleTimeout: 1500, progressTimeout: 2500 },
    });
    expect(performance.now() - start).to.be.greaterThan(2480);
    await expectBroken(asked, 'Half', sentences.timeout);
    expect(asked.element.error).to.include({ code: 'timeout', detail: 'no-progress' });
    expect((await server.closed()).closed?.by).to.equal('client');
  });

  it('is none where bytes come slowly, one by one, with pauses inside characters', async () => {
    const [first, ...rest] = bytesOf(say('é😀'));
    const server = await play({
      answers: [
        {
          steps: [
            { drip: { write: say('Slow '), every: 5 } },
            first!,
            ...rest,
            { base64: btoa('data: {"type":"text","content":"\xf0\x9f') },
            { wait: 600 },
            { base64: btoa('\x98\x80"}\n\n') },
            write(done),
          ],
        },
      ],
    });
    await expectWhole(await askWith({ endpoint: server.url, limits: { idleTimeout: 20_000 } }), 'Slow é😀😀');
  });
});

describe('events that are not what they should be', () => {
  const plain = async (...parts: string[]) =>
    askWith({ endpoint: (await play({ answers: [{ steps: [write(parts.join(''))] }] })).url });

  it('that are no JSON are passed over, and the text goes on', async () => {
    await expectWhole(await plain(say('a'), 'data: {"type":"text","content":\n\n', say('b'), done), 'ab');
  });

  it('of an unknown type and with unknown fields are passed over, and told to debuggers', async () => {
    const odd = 'event: telemetry\ndata: {"type":"telemetry","n":1}\n\nfoo: bar\n';
    const asked = await plain(say('a'), odd, say('b'), done);
    await expectWhole(asked, 'ab');
    expect(asked.element.chat.report.get()?.ignoredNames).to.include('telemetry');
  });

  it('that tell of an error keep the text; an end mark after them does not undo it', async () => {
    const error = 'data: {"type":"error","message":"Out of <i>credit</i>"}\n\n';
    const asked = await plain(say('Half'), error, done, say('more'));
    await expectBroken(asked, 'Half', sentences.backend);
    expect(failureShown(asked.element)).to.include('Out of <i>credit</i>');
    expect(holdsNothingOf(asked.element, 'i')).to.equal(true);
  });

  it('with keys, names and ids like those of Object are data like any other', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype).join();
    const keys = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const odd = keys.map(
      (key) => `id: ${key}\nevent: ${key}\ndata: {"${key}":{"polluted":true},"type":"${key}"}\n\n`,
    );
    const asked = await plain(say('a'), ...odd, say('b'), done);
    await expectWhole(asked, 'ab');
    expect(({} as { polluted?: boolean }).polluted).to.equal(undefined);
    expect(Object.getOwnPropertyNames(Object.prototype).join()).to.equal(before);
  });

  it('that are nested 200,000 levels deep do not break the page', async () => {
    const deep = `data: {"type":"odd","value":${'['.repeat(200_000)}${']'.repeat(200_000)}}\n\n`;
    await expectWhole(await plain(say('a'), deep, say('b'), done), 'ab');
  });

  it('begin after exactly one byte order mark', async () => {
    await expectWhole(await plain('\uFEFF', say('a'), done), 'a');
    // A second one belongs to the name of the first field, which is then nobody's.
    await expectWhole(await plain('\uFEFF\uFEFF', say('lost'), say('a'), done), 'a');
  });
});
