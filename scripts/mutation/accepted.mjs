import { TRANSPORT } from './equivalent-transport.mjs';

/**
 * Mutants that live, each with the reason. `equivalent`: nobody could see the difference, whatever the test; it counts for
 * nothing. `accepted`: a test could see it, and would hold nothing that anybody relies on; it counts as survived.
 *
 * `from` and `to` are the code before and after, white space apart; `on` is some of the line, where the code alone stands
 * more than once in its file.
 *
 * @typedef {{ file: string, from: string, to: string, on?: string, why: string }} Known
 */

/** @type {Known[]} */
export const EQUIVALENT = [
  {
    file: 'src/model/part.ts',
    from: "next.type === 'tool-call'",
    to: 'true',
    why: 'Only tool calls have a state.',
  },
  {
    file: 'src/model/part.ts',
    from: '{ return undefined; }',
    to: '{}',
    why: 'A function without a return returns undefined.',
  },
  {
    file: 'src/model/reduce.ts',
    from: "event.type === 'part-delta' && event.id === delta?.id && event.kind === delta.kind",
    to: 'false',
    why: 'Deltas that are not joined make the same thread: joining saves copies of the message.',
  },
  {
    file: 'src/model/reduce.ts',
    from: "'part-delta'",
    to: '""',
    on: 'const goesOn',
    why: 'Deltas that are not joined make the same thread: joining saves copies of the message.',
  },
  {
    file: 'src/model/reduce.ts',
    from: 'event.kind === delta.kind',
    to: 'true',
    why: 'The kind of a part is decided when it is opened; the guard has done that before.',
  },
  {
    file: 'src/model/reduce.ts',
    from: 'event.kind === delta.kind',
    to: 'event.kind !== delta.kind',
    why: 'Deltas that are not joined make the same thread: joining saves copies of the message.',
  },
  {
    file: 'src/model/reduce.ts',
    from: 'delta && goesOn',
    to: 'false',
    why: 'Deltas that are not joined make the same thread: joining saves copies of the message.',
  },
  {
    file: 'src/model/reduce.ts',
    from: "event.type === 'part-delta'",
    to: 'false',
    on: 'delta = event',
    why: 'Deltas that are not joined make the same thread: joining saves copies of the message.',
  },
  {
    file: 'src/model/reduce.ts',
    from: "'part-delta'",
    to: '""',
    on: 'delta = event',
    why: 'Deltas that are not joined make the same thread: joining saves copies of the message.',
  },
  {
    file: 'src/model/replay.ts',
    from: "''",
    to: '"Stryker was here!"',
    on: 'this.#textOf(id)',
    why: 'A position is only kept for text that is shown.',
  },
  {
    file: 'src/wire/sse.ts',
    from: "''",
    to: '"Stryker was here!"',
    on: 'errorLines?.end()',
    why: 'A lenient reader has always error lines.',
  },
  {
    file: 'src/wire/sse.ts',
    from: 'errorLines?.end',
    to: 'errorLines.end',
    why: 'A lenient reader has always error lines.',
  },
  {
    file: 'src/wire/sse.ts',
    from: '/^[[{"]/',
    to: '/[[{"]/',
    why: 'Only text that begins so parses and holds such a mark.',
  },
  { file: 'src/wire/sse.ts', from: '{ return false; }', to: '{}', why: 'Undefined is as false as false.' },
  {
    file: 'src/wire/json-lines.ts',
    from: 'line',
    to: 'true',
    on: 'hold(line)',
    why: 'To hold nothing changes nothing.',
  },
  {
    file: 'src/wire/stray-json.ts',
    from: '{ return false; }',
    to: '{}',
    why: 'Undefined is as false as false.',
  },
  {
    file: 'src/wire/error-lines.ts',
    from: 'this.#held.length >= name.length && !ends',
    to: 'false',
    why: 'The way below gives the same; this one saves joining a long line again.',
  },
  {
    file: 'src/wire/error-lines.ts',
    from: 'this.#held.length >= name.length',
    to: 'this.#held.length > name.length',
    why: 'The way below gives the same; this one saves joining a long line again.',
  },
  {
    file: 'src/markdown/links.ts',
    from: "''",
    to: '"Stryker was here!"',
    on: 'nested(nested(',
    why: 'It lets just these words stand in a fifth pair of parentheses.',
  },
  {
    file: 'src/protocols/shared/fields.ts',
    from: '{ return undefined; }',
    to: '{}',
    why: 'A function without a return returns undefined.',
  },
  {
    file: 'src/protocols/shared/request-files.ts',
    from: '{ return undefined; }',
    to: '{}',
    why: 'A function without a return returns undefined.',
  },
  {
    file: 'src/protocols/shared/text-parts.ts',
    from: 'current',
    to: 'true',
    on: 'if (current)',
    why: 'A text part was added before: there is always a last one.',
  },
  {
    file: 'src/protocols/shared/run-outcome.ts',
    from: 'reasons[name]?.includes',
    to: 'reasons[name].includes',
    why: 'The name is one of its own keys.',
  },
  {
    file: 'src/protocols/registry.ts',
    from: '/[?#].*$/',
    to: '/[?#].*/',
    why: 'An address holds no line end, and one star takes all of a line.',
  },
  ...TRANSPORT,
];

/** @type {Known[]} */
export const ACCEPTED = [];
