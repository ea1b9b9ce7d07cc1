import fc from 'fast-check';
import { tries } from '../support/seed.js';
import { Chat, textOf } from '../../src/headless.js';
import { expect } from '../support/index.js';
import { withoutJitter } from './helpers.js';

/** How a backend numbers its events. */
type Numbering = 'each' | 'some' | 'one';
/** What a backend sends when it is asked to go on after an event. */
type Manner = 'rest' | 'overlap' | 'all' | 'all, cut anew';

interface Backend {
  pieces: readonly string[];
  numbering: Numbering;
  /** For each connection but the last: after how many events it closes, and what the next one sends. */
  cuts: readonly { after: number; manner: Manner }[];
}

const idOf = (numbering: Numbering, index: number): string =>
  numbering === 'each' ? `e${index}` : numbering === 'one' ? 'message' : index % 3 ? '' : `e${index}`;

const eventOf = (numbering: Numbering) => (text: string, index: number) => {
  const id = idOf(numbering, index);
  return `${id && `id: ${id}\n`}data: ${JSON.stringify({ type: 'text', content: text, index })}\n\n`;
};

/** A backend in a function: each connection closes after so many of the events that it sends. */
function backend({ pieces, numbering, cuts }: Backend): { fetch: typeof fetch; connections: () => number } {
  const events = pieces.map(eventOf(numbering));
  const whole = pieces.join('');
  const anew = (whole.match(/[^]{1,5}/g) ?? []).map(eventOf(numbering));
  let connection = 0;
  const from = (id: string | null, manner: Manner): readonly string[] => {
    if (id === null || manner === 'all') return events;
    if (manner === 'all, cut anew') return anew;
    // The first with that id: where all have one, that is the start again, or what is really new.
    const last = pieces.findIndex((_, index) => idOf(numbering, index) === id);
    // A backend finds an earlier place by its id too.
    const earlier = last - (numbering === 'some' ? 3 : 2);
    return events.slice(manner === 'overlap' ? Math.max(0, earlier) : last + 1);
  };
  return {
    connections: () => connection,
    fetch: async (_input, init) => {
      const manner = cuts[connection - 1]?.manner ?? 'rest';
      const sent = from(new Headers(init?.headers).get('last-event-id'), manner);
      const cut = cuts[connection++];
      const body = cut ? sent.slice(0, cut.after).join('') : `${sent.join('')}data: {"type":"done"}\n\n`;
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    },
  };
}

const backends = fc.record<Backend>({
  pieces: fc.array(fc.string({ minLength: 1, maxLength: 6, unit: 'grapheme' }), {
    minLength: 5,
    maxLength: 20,
  }),
  numbering: fc.constantFrom<Numbering>('each', 'some', 'one'),
  cuts: fc.array(
    fc.record({
      after: fc.integer({ min: 1, max: 20 }),
      manner: fc.constantFrom<Manner>('rest', 'overlap', 'all', 'all, cut anew'),
    }),
    { maxLength: 4 },
  ),
});

describe('an answer over several connections', () => {
  it('is whole, and nothing in it twice, whatever the backend sends again', async () => {
    // What is tested here is not how long a wait is.
    withoutJitter();
    await fc.assert(
      fc.asyncProperty(backends, async (given) => {
        const anew = given.cuts.some(({ manner }) => manner === 'all, cut anew');
        const cuts = given.cuts.map(({ after, manner }, index) => ({
          // After a single event an id may be that of all: see docs/decisions/009-retry-and-resume.md.
          after: index ? after : after + 3,
          // One id on all events marks no place: such a backend can only begin anew. One that cuts anew has other ids.
          manner: given.numbering === 'one' ? ('all' as const) : anew ? ('all, cut anew' as const) : manner,
        }));
        const { fetch } = backend({ ...given, cuts });
        const chat = new Chat({ endpoint: '/ask', resumeEndpoint: '/resume', fetch });
        const answer = await chat.send('Why?');
        expect(textOf(answer!)).to.equal(given.pieces.join(''));
        expect(chat.status.get()).to.equal('complete');
      }),
      tries(300),
    );
  });
});
