/**
 * The rooms whose tests are tested, and the folders of tests that have to notice: the room's own alone, since what only a
 * test of another room would notice is not held where it is written.
 * @type {Record<string, string[]>}
 */
export const ROOMS = {
  model: ['test/model'],
  wire: ['test/wire'],
  protocols: ['test/protocols'],
  markdown: ['test/markdown'],
};

/** Tests that show again at every cut what others have shown of the whole, that play real silence, or that measure time. */
const SLOW_TESTS = [
  /^recorded streams .* › (?:byte by byte|at random splits)/,
  /^the streams of the five seed backends › (?:end the same at every split|never look complete)/,
  /^hostile streams/,
  /^any split of any text ends in the same nodes › for all of them/,
  /^any split of what others wrote/,
  /^hostile answers on a page/,
  /^the collection of hostile markdown › (?:leaves nothing unsafe|keeps all words)/,
  /takes (?:time in proportion|no longer for each)/,
];

export const SLOW = new RegExp(SLOW_TESTS.map(({ source }) => source).join('|'));

/** The least score of a room, in percent. */
export const GOAL = 85;

/**
 * Files with a goal of their own.
 * @type {Record<string, number>}
 */
export const GOALS = { 'src/markdown/links.ts': 100 };
