import { Chat } from '../../src/headless.js';
import { lastText } from '../chat/helpers.js';
import { expect, play, until } from '../support/index.js';
import { base64, eventsOf, tongues, utf8, type Tongue } from '../support/fault-tongues.js';
import type { Answer } from '../support/play.js';

/** Each of them more than one byte in UTF-8, and one of them a pair of surrogates. */
const said = ['caf\u00e9 ', '😀', '!'];
const atOnce = 5;

/** Cuts after which nothing of what was sent is lost, and those that may take back what was sent just before. */
const kinds: Record<string, { how: Partial<Answer>; clean: boolean }> = {
  'a clean end': { how: { end: 'close' }, clean: true },
  'the end of the connection that delimits it': { how: { framing: 'close', end: 'close' }, clean: true },
  'a connection that goes': { how: { end: 'truncate' }, clean: false },
};

interface Expected {
  /** The text of the whole events so far. */
  text: string;
  whole: boolean;
}

/** What the first bytes of an answer say. A last event counts without its empty line where the body ends well. */
function expectedAt(tongue: Tongue, events: readonly string[], at: number): Expected {
  let end = 0;
  const held = events.filter((event) => (end += utf8(event).length) - 2 <= at).length;
  const pieces = Math.max(0, held - tongue.start.length);
  return {
    text: said.slice(0, pieces).join(''),
    whole: held > tongue.start.length + said.length + tongue.mark,
  };
}

const limits = { idleTimeout: 60_000, headersTimeout: 60_000 };

interface Cut {
  at: number;
  kind: string;
}

/** Every byte of an answer in one of the ways, each in its turn, and the end of every event in all of them. */
function cutsOf(events: readonly string[]): Cut[] {
  const ways = Object.keys(kinds);
  const { length } = utf8(events.join(''));
  let end = 0;
  const ends = new Set(events.map((event) => (end += utf8(event).length)));
  return Array.from({ length }, (_byte, at) => at).flatMap((at) =>
    (ends.has(at) ? ways : [ways[at % ways.length]!]).map((kind) => ({ at, kind })),
  );
}

describe('a cut at every byte', () => {
  for (const [protocol, tongue] of Object.entries(tongues)) {
    it(`of an answer in ${protocol} keeps the whole events before it and is never complete`, async () => {
      const events = eventsOf(tongue, said);
      const bytes = utf8(events.join(''));
      const cuts = cutsOf(events);
      const pathOf = ({ at, kind }: Cut) => `${at}-${Object.keys(kinds).indexOf(kind)}`;
      const answerTo = ({ at, kind }: Cut): Answer => ({
        steps: [{ base64: base64(bytes.slice(0, at)) }],
        ...kinds[kind]!.how,
      });
      const server = await play({
        answers: [],
        paths: Object.fromEntries(cuts.map((cut) => [pathOf(cut), [answerTo(cut)]])),
      });
      const wrong: string[] = [];
      const work = async (): Promise<void> => {
        for (let cut = cuts.shift(); cut; cut = cuts.shift()) {
          const { at, kind } = cut;
          const { clean } = kinds[kind]!;
          const chat = new Chat({ endpoint: `${server.url}/${pathOf(cut)}`, protocol, limits });
          await chat.send('Why?');
          const { text, whole } = expectedAt(tongue, events, at);
          const status = chat.status.get();
          const seen = lastText(chat).replace('Why?', '');
          const fits = clean ? seen === text : text.startsWith(seen) && said.join('').startsWith(seen);
          const statusFits = clean ? (status === 'complete') === whole : whole || status !== 'complete';
          const code = chat.error.get()?.code;
          const named = status === 'complete' || code === 'interrupted' || (at === 0 && !clean);
          if (!fits || !statusFits || !named)
            wrong.push(
              `${at}, ${kind}: ${status} ${code} ${JSON.stringify(seen)}, wanted ${JSON.stringify(text)}`,
            );
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      expect(wrong).to.deep.equal([]);
    });
  }
});

describe('a cut at every event', () => {
  for (const [protocol, tongue] of Object.entries(tongues)) {
    it(`of an answer in ${protocol}, by a reset or a connection that goes, keeps all that was shown`, async () => {
      const events = eventsOf(tongue, said);
      const lastPiece = tongue.start.length + said.length;
      for (const end of ['reset', 'truncate'] as const) {
        for (let count = tongue.start.length + 1; count <= lastPiece; count++) {
          const answer: Answer = {
            steps: [{ write: events.slice(0, count).join('') }, { gate: 'cut' }],
            end,
          };
          const server = await play({ answers: [answer] });
          const chat = new Chat({ endpoint: server.url, protocol, limits });
          const run = chat.send('Why?');
          const text = said.slice(0, count - tongue.start.length).join('');
          await until(() => lastText(chat) === text, `no ${text}`);
          await server.release('cut');
          await run;
          expect(chat.error.get(), `${end} after ${count}`).to.include({ code: 'interrupted' });
          expect(lastText(chat)).to.equal(text);
          expect(await server.requests()).to.have.length(1);
        }
      }
    });
  }
});
