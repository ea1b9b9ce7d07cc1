/**
 * The rooms whose tests are tested, and the folders and files of tests that have to notice: the room's own alone, since what
 * only a test of another room would notice is not held where it is written. How an answer breaks off, is stopped or taken up
 * again is told in the chat's words, and is the transport's work.
 * @type {Record<string, string[]>}
 */
export const ROOMS = {
  model: ['test/model'],
  wire: ['test/wire'],
  transport: [
    'test/transport',
    'test/chat/cut.test.ts',
    'test/chat/stop.test.ts',
    'test/chat/history.test.ts',
  ],
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
  /^Chat: answers that break off › a cut › (?:comes from our side|by silence)/,
  /^Chat: answers that break off › after what makes an answer whole/,
  /takes (?:time in proportion|no longer for each)/,
];

export const SLOW = new RegExp(SLOW_TESTS.map(({ source }) => source).join('|'));

/** Tests of what is said once to a page: they need one of their own each time. */
export const ONCE = /^for whoever develops the page/;

/** The least score of a room, in percent. */
export const GOAL = 85;

/**
 * Files with a goal of their own.
 * @type {Record<string, number>}
 */
export const GOALS = { 'src/markdown/links.ts': 100 };
