import '../../src/define.js';

import type { ChatStreamElement } from '../../src/elements/chat-stream.js';
import { done, lastText, say } from '../chat/helpers.js';
import { messages, read } from '../elements/helpers.js';
import {
  answerShown,
  drawn,
  failureShown,
  sentences,
  tryAgain,
  waitShown,
  widgetWith,
} from '../support/fault-widget.js';
import { expect, play, until } from '../support/index.js';
import type { Answer } from '../support/play.js';

const numbered = (events: readonly string[]): string[] =>
  events.map((event, index) => `id: ${index + 1}\n${event}`);
const all = numbered([say('one '), say('two '), say('three '), say('four'), done]);
const text = 'one two three four';

/** The first events, then a cut. */
const cutAfter = (count: number, events = all): Answer => ({
  steps: [{ write: events.slice(0, count).join('') }, { gate: 'cut' }],
  end: 'truncate',
});

/** Asks a backend that cuts its first answer and goes on as it does; gives every text that stood there meanwhile. */
async function askTwice(first: Answer, ...more: Answer[]) {
  const server = await play({ answers: [first, ...more] });
  const asked = await widgetWith({ endpoint: server.url, resumeEndpoint: server.url });
  const { element } = asked;
  const shown: string[] = [];
  element.chat.messages.subscribe(() => shown.push(lastText(element.chat)));
  const answer = element.send('Why?');
  await server.reached('cut');
  await until(() => lastText(element.chat).startsWith('one '));
  await server.release('cut');
  await answer;
  await drawn(element);
  return { ...asked, server, shown };
}

async function expectWhole({ element, said, shown }: Awaited<ReturnType<typeof askTwice>>): Promise<void> {
  await until(() => answerShown(element) === text, `${answerShown(element)} is shown`);
  expect(failureShown(element)).to.equal('');
  expect(read(messages(element).at(-1)!)).not.to.include('Incomplete');
  expect(said.at(-1)).to.equal('polite: Answer complete');
  for (const [index, one] of shown.slice(1).entries()) {
    expect(one === 'Why?' || text.startsWith(one), one).to.equal(true);
    if (shown[index] !== 'Why?') expect(one.length, 'never shrinks').to.be.least(shown[index]!.length);
  }
}

describe('an answer that was cut, of a backend that can go on', () => {
  it('goes on after the last event that was read', async () => {
    const asked = await askTwice(cutAfter(2), { steps: [{ after: all }] });
    await expectWhole(asked);
    const [first, second] = await asked.server.requests();
    expect([first!.method, second!.method]).to.deep.equal(['POST', 'GET']);
    expect(second!.headers['last-event-id']).to.equal('2');
    expect(await asked.server.requests()).to.have.length(2);
  });

  it('is whole though the backend sends some events again', async () => {
    for (const overlap of [1, 2])
      await expectWhole(await askTwice(cutAfter(3), { steps: [{ after: all, overlap }] }));
  });

  it('is whole though the backend begins anew', async () => {
    await expectWhole(await askTwice(cutAfter(3), { steps: [{ write: all.join('') }] }));
  });

  it('is whole though every event has the same id, and the backend begins anew', async () => {
    const same = [say('one '), say('two '), say('three '), say('four'), done].map(
      (event) => `id: a\n${event}`,
    );
    await expectWhole(await askTwice(cutAfter(3, same), { steps: [{ write: same.join('') }] }));
  });

  it('is whole though it is cut again and again', async () => {
    const piece: Answer = { steps: [{ after: all, most: 1 }], end: 'close' };
    const asked = await askTwice(cutAfter(1), piece, piece, piece, { steps: [{ after: all }] });
    await expectWhole(asked);
    expect(await asked.server.requests()).to.have.length(5);
  });

  it('keeps events in the order they came, whatever their ids', async () => {
    const odd = ['id: 9\n', 'id: 3\n', 'id: 7\n', '', 'id: 1\n'];
    const events = [say('one '), say('two '), say('three '), say('four'), done];
    const mixed = events.map((event, index) => odd[index] + event);
    await expectWhole(await askTwice(cutAfter(2, mixed), { steps: [{ write: mixed.slice(2).join('') }] }));
  });

  it('says that it reconnects and when, with Try now; the text stays', async () => {
    const server = await play({
      answers: [
        { steps: [{ write: `retry: 25000\n${all[0]}` }, { gate: 'cut' }], end: 'truncate' },
        { steps: [{ after: all }] },
      ],
    });
    const { element } = await widgetWith({ endpoint: server.url, resumeEndpoint: server.url });
    void element.send('Why?');
    await until(() => answerShown(element) === 'one');
    await server.release('cut');
    await until(() => /Reconnecting in 2\d s/.test(waitShown(element)), waitShown(element));
    expect(answerShown(element)).to.equal('one');
    expect(failureShown(element)).to.equal('');
    const again = [...messages(element).at(-1)!.shadowRoot!.querySelectorAll('button')];
    again.find((one) => one.textContent.trim() === 'Try now')!.click();
    await until(() => answerShown(element) === text && waitShown(element) === '');
  });
});

describe('an answer that was cut, of a backend that cannot go on', () => {
  const expectHalf = async (element: ChatStreamElement, half: string): Promise<void> => {
    await until(() => answerShown(element) === half);
    expect(read(messages(element).at(-1)!)).to.include('Incomplete');
    expect(failureShown(element)).to.include(sentences.interrupted);
    expect(tryAgain(element)?.textContent.trim()).to.equal('Try again');
  };

  for (const status of [204, 404, 410, 422]) {
    it(`and says so with ${status}, keeps its text and is marked as incomplete`, async () => {
      const { element, server } = await askTwice(cutAfter(2), { status, headers: { connection: 'close' } });
      await expectHalf(element, 'one two');
      expect(await server.requests()).to.have.length(2);
    });
  }

  it('and gives no ids is not asked again', async () => {
    const { element, server } = await askTwice(
      { ...cutAfter(1, [say('one ')]) },
      { steps: [{ write: done }] },
    );
    await expectHalf(element, 'one');
    expect(await server.requests()).to.have.length(1);
  });

  it('and cuts for ever is asked five times at most', async () => {
    const empty: Answer = { steps: [{ write: ': nothing\n\n' }] };
    const { element, server } = await askTwice(cutAfter(2), empty);
    await expectHalf(element, 'one two');
    expect((await server.requests()).length).to.be.within(2, 6);
  });
});
