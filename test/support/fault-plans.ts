import * as fc from 'fast-check';
import './seed.js';

import type { Answer, Step } from './play-script.js';
import { base64, eventsOf, tongues, utf8 } from './fault-tongues.js';

/** One run: what a backend means to say, in which protocol, in which pieces, and what goes wrong on the way. */
export interface Plan {
  protocol: string;
  /** The text as the backend cuts it: anywhere, also inside a pair of surrogates. */
  deltas: string[];
  /** Where the bytes are cut into packets: parts of a thousand. */
  packets: number[];
  fault: Fault;
}

export type Cut = 'reset' | 'truncate' | 'close' | 'delimited' | 'length' | 'stall';

export type Fault =
  | { kind: 'none' | 'open' | 'html' | 'gzip' }
  | { kind: 'cut'; how: Cut; at: number }
  | { kind: 'error' | 'garbage' | 'unknown' | 'twice'; at: number }
  | { kind: 'busy'; times: number }
  | {
      kind: 'resumed';
      how: Cut;
      at: number;
      /** What the backend sends when it is asked for the rest. */
      reply: 'rest' | 'overlap' | 'start' | 'start with one id' | 'piece by piece' | 'gone' | 'nothing';
    };

const unit = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 12 }) },
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '😀',
      '👩‍👩‍👧',
      'e\u0301',
      '\n\n',
      '\r\n',
      'data: x',
      '\u2028',
      '[DONE]',
      '\u0000',
      'עברית',
      '"',
    ),
  },
);
const thousandth = fc.integer({ min: 0, max: 1000 });
const how = fc.constantFrom<Cut>('reset', 'truncate', 'close', 'delimited', 'length', 'stall');

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constantFrom<'none' | 'open' | 'html' | 'gzip'>('none', 'open', 'html', 'gzip') }),
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('cut' as const), how, at: thousandth }) },
  fc.record({
    kind: fc.constantFrom<'error' | 'garbage' | 'unknown' | 'twice'>('error', 'garbage', 'unknown', 'twice'),
    at: thousandth,
  }),
  fc.record({ kind: fc.constant('busy' as const), times: fc.integer({ min: 1, max: 3 }) }),
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ kind: fc.constant('resumed' as const), how, at: thousandth },
      reply: fc.constantFrom<Extract<Fault, { reply: string }>['reply']>(
        ...(['rest', 'overlap', 'start', 'start with one id', 'piece by piece', 'gone', 'nothing'] as const),
      ),
    }),
  },
);

/** A text cut anywhere. */
const deltas = fc
  .tuple(fc.array(unit, { minLength: 1, maxLength: 12 }), fc.array(thousandth, { maxLength: 10 }))
  .map(([units, cuts]) => pieces(units.join('') || 'x', cuts));

export const plans: fc.Arbitrary<Plan> = fc.record({
  protocol: fc.constantFrom(...Object.keys(tongues)),
  deltas,
  packets: fc.array(thousandth, { maxLength: 8 }),
  fault,
});

/** A text, or bytes, cut at these thousandths; nothing of it is empty. */
function pieces<T extends { length: number; slice(start: number, end?: number): T }>(
  whole: T,
  cuts: readonly number[],
): T[] {
  const at = [...new Set(cuts.map((cut) => Math.floor((whole.length * cut) / 1000)))].sort((a, b) => a - b);
  const starts = [0, ...at.filter((place) => place > 0 && place < whole.length)];
  return starts.map((start, index) => whole.slice(start, starts[index + 1]));
}

/** What the play server needs for a plan, and what may become of it. */
export interface Staged {
  answers: Answer[];
  text: string;
  /** Whether a complete answer would be true: its end mark was sent. */
  mayComplete: boolean;
  /** Whether anything but a complete answer would be wrong. */
  mustComplete: boolean;
  resumes: boolean;
  stalls: boolean;
}

export function stage({ protocol, deltas: said, packets, fault: what }: Plan): Staged {
  const tongue = tongues[protocol]!;
  const resumed = what.kind === 'resumed';
  const oneId = resumed && what.reply === 'start with one id';
  const plain = eventsOf(tongue, said);
  const events = resumed ? plain.map((event, index) => `id: ${oneId ? 'x' : `e${index}`}\n${event}`) : plain;
  const packed = (list: readonly string[]): Step[] =>
    pieces(utf8(list.join('')), packets).flatMap((bytes): Step[] => [{ base64: base64(bytes) }, { wait: 0 }]);
  const staged: Staged = {
    answers: [{ steps: packed(events) }],
    text: said.join(''),
    mayComplete: true,
    mustComplete: true,
    resumes: resumed,
    stalls: false,
  };
  const place = (at: number, most: number) => Math.min(most, Math.floor((most * at) / 1000));
  const insert = (at: number, ...more: string[]) => events.toSpliced(place(at, events.length), 0, ...more);

  switch (what.kind) {
    case 'none':
      return staged;
    case 'open':
      return {
        ...staged,
        ...stalls,
        answers: [{ steps: packed(events), end: 'hang' }],
        mustComplete: tongue.certain,
      };
    case 'html':
      return {
        ...{ ...staged, ...never },
        answers: [
          {
            headers: { 'content-type': 'text/html' },
            steps: [{ write: '<!doctype html>' }, ...packed(events)],
          },
        ],
      };
    case 'gzip':
      return { ...staged, ...never, answers: [{ gzip: 'half', steps: [{ write: events.join('') }] }] };
    case 'error': {
      const after = place(what.at, events.length);
      const beforeEnd = after <= tongue.start.length + said.length + tongue.mark;
      const answers = [{ steps: packed(insert(what.at, tongue.error)) }];
      return { ...staged, answers, mayComplete: !beforeEnd, mustComplete: false };
    }
    case 'garbage':
      return { ...staged, answers: [{ steps: packed(insert(what.at, 'data: {"type":\n\n')) }] };
    case 'unknown':
      return {
        ...staged,
        answers: [{ steps: packed(insert(what.at, ': hi\n\n', 'event: odd\ndata: {"odd":1}\n\n')) }],
      };
    case 'twice': {
      // Where one body may hold several runs, another one begins then.
      const more = tongue.certain ? events.slice(place(what.at, events.length)) : [];
      return { ...staged, answers: [{ steps: packed([...events, ...more]) }] };
    }
    case 'busy': {
      const busy: Answer = { status: 503, headers: { 'retry-after': '0' } };
      const answers = [...Array.from({ length: what.times }, () => busy), ...staged.answers];
      return { ...staged, answers, ...(what.times > 2 && never) };
    }
    case 'cut':
      return { ...staged, ...cut(events, what, packets, tongue.start.length + said.length + tongue.mark) };
    case 'resumed':
      return { ...staged, ...again(events, what, packets, tongue.start.length + said.length + tongue.mark) };
  }
}

const never = { mayComplete: false, mustComplete: false };
const stalls = { stalls: true };

function cut(
  events: readonly string[],
  { how: manner, at }: { how: Cut; at: number },
  packets: readonly number[],
  mark: number,
) {
  const bytes = utf8(events.join(''));
  const end = Math.floor((bytes.length * at) / 1000);
  const steps = pieces(bytes.slice(0, end), packets).flatMap((piece): Step[] => [
    { base64: base64(piece) },
    { wait: 0 },
  ]);
  // An end mark counts without the empty line after it, where the body ends well.
  const needed = utf8(events.slice(0, mark + 1).join('')).length - 2;
  return {
    answers: [{ steps: [...steps, { wait: 20 }], ...ways[manner] }],
    mayComplete: end >= needed,
    mustComplete: false,
    stalls: manner === 'stall',
  };
}

const ways: Record<Cut, Partial<Answer>> = {
  reset: { end: 'reset' },
  truncate: { end: 'truncate' },
  close: { end: 'close' },
  delimited: { framing: 'close', end: 'close' },
  length: { headers: { 'content-length': '1000000' }, end: 'truncate' },
  stall: { end: 'hang' },
};

function again(
  events: string[],
  what: Extract<Fault, { kind: 'resumed' }>,
  packets: readonly number[],
  mark: number,
) {
  const first = cut(events, what, packets, mark);
  const bytes = utf8(events.join('')).length * what.at;
  // What breaks may take back what was sent just before, and without an id there is nothing to go on from.
  const held = ['close', 'delimited', 'stall'].includes(what.how) && bytes >= utf8(events[0]!).length * 1000;
  const replies = more[what.reply](events);
  const whole = !['gone', 'nothing'].includes(what.reply);
  return {
    ...first,
    answers: [...first.answers, ...replies],
    mayComplete: whole || first.mayComplete,
    mustComplete: whole && held && what.reply !== 'piece by piece',
  };
}

const more: Record<Extract<Fault, { reply: string }>['reply'], (events: string[]) => Answer[]> = {
  rest: (after) => [{ steps: [{ after }] }],
  overlap: (after) => [{ steps: [{ after, overlap: 2 }] }],
  start: (events) => [{ steps: [{ write: events.join('') }] }],
  'start with one id': (events) => [{ steps: [{ write: events.join('') }] }],
  'piece by piece': (after) => [{ steps: [{ after, most: 2 }], end: 'truncate' }],
  gone: () => [{ status: 410 }],
  nothing: () => [{ status: 204 }],
};
