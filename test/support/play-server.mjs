import { answerWith, changed, endWith, when } from './play-steps.mjs';

/**
 * A scripted HTTP server inside the test server; fault-origin.mjs has the same plays behind another origin.
 *
 * @typedef {import('./play-steps.mjs').Play} Play
 * @typedef {import('./play-steps.mjs').SeenRequest} SeenRequest
 * @typedef {import('node:http').IncomingMessage} Request
 * @typedef {import('node:http').ServerResponse} Response
 */

/** @type {Map<string, Play>} */
const plays = new Map();
let count = 0;

/** @param {string} id */
export const sessionOfPlay = (id) => plays.get(id)?.session;

/** @param {string} [url] */
export const playOf = (url = '') => plays.get(/^\/play\/(\d+)/.exec(url)?.[1] ?? '');

/** @param {Request} req */
async function readBody(req) {
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * Until it is read nobody is told of a request: a test looks at its body.
 * @param {SeenRequest} seen
 * @param {Request} req
 * @param {Play} play
 */
async function readInto(seen, req, play) {
  play.unread++;
  try {
    seen.body = (await readBody(req)).toString('utf8');
  } finally {
    play.unread--;
    changed(play);
  }
}

/**
 * The answer whose turn it is.
 * @param {Play} play
 * @param {string} url what follows the play's own address
 */
function nextAnswer({ script, turns }, url) {
  const segment = /^\/([^/?]+)/.exec(url)?.[1] ?? '';
  const own = script.paths && Object.hasOwn(script.paths, segment) ? script.paths[segment] : undefined;
  const answers = own ?? script.answers;
  const key = own ? segment : '';
  const turn = turns.get(key) ?? 0;
  turns.set(key, turn + 1);
  return answers[turn] ?? answers.at(-1) ?? {};
}

/**
 * @param {Play} play
 * @param {Request} req
 * @param {Response} res
 * @param {Record<string, string>} more headers of every answer
 */
export async function serve(play, req, res, more) {
  const url = req.url?.slice(`/play/${play.id}`.length) ?? '';
  const answer = nextAnswer(play, url);
  /** @type {SeenRequest} */
  const seen = { method: req.method ?? '', url, headers: flat(req.headers), body: '', at: Date.now() };
  play.requests.push(seen);
  play.open.add(res);
  res.once('close', () => {
    play.open.delete(res);
    seen.closed = { by: play.gone || seen.ended ? 'server' : 'client', at: Date.now() };
    changed(play);
  });
  try {
    await readInto(seen, req, play);
    const sink = answer.raw && res.socket ? res.socket : res;
    await answerWith({ play, seen, res, sink }, answer, more);
    if (res.destroyed) return;
    // Noted first: the close event tells from it who left.
    seen.ended = answer.end !== 'hang';
    endWith(res, answer);
  } catch (error) {
    // A request that was aborted while its body was read ends here.
    seen.error = String(error);
    res.destroy();
  }
}

/** @param {import('node:http').IncomingHttpHeaders} headers */
const flat = (headers) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** @param {Play} play */
function remove(play) {
  play.gone = true;
  for (const res of play.open) res.socket?.destroy();
  plays.delete(play.id);
  changed(play);
}

/**
 * @param {Play} play
 * @param {string} verb
 * @param {string} name
 */
async function control(play, verb, name) {
  if (verb === 'release') {
    play.released.add(name);
    changed(play);
    return {};
  }
  if (verb === 'reached') return { reached: await when(play, () => play.reached.has(name)) };
  if (verb === 'closed') {
    await when(play, () => play.requests[Number(name)]?.closed);
    return play.requests[Number(name)];
  }
  if (verb === 'requests') {
    await when(play, () => play.unread === 0 && play.requests.length >= Number(name || 0));
    return play.requests;
  }
  remove(play);
  return {};
}

/**
 * @param {{ sessionOf: (ctx: import('koa').Context) => string, pageHeaders: Record<string, string>, other: string }} options
 *   `other` is the second origin
 * @returns {import('koa').Middleware}
 */
export function playServer({ sessionOf, pageHeaders, other }) {
  return async (ctx, next) => {
    const [, room, id = '', verb = '', name = ''] = ctx.path.split('/');
    if (room === 'play' && ctx.method === 'PUT' && id === '') {
      const script = JSON.parse((await readBody(ctx.req)).toString('utf8'));
      const play = {
        ...{ id: String(++count), session: sessionOf(ctx), script, requests: [], turns: new Map() },
        ...{
          released: new Set(),
          reached: new Set(),
          waiting: new Set(),
          open: new Set(),
          unread: 0,
          gone: false,
        },
      };
      plays.set(play.id, play);
      ctx.body = { id: play.id, other };
      return;
    }
    const play = plays.get(id);
    if ((room !== 'play' && room !== 'play-control') || !play) return next();
    if (room === 'play-control') {
      ctx.body = await control(play, verb, decodeURIComponent(name));
      return;
    }
    ctx.respond = false;
    await serve(play, ctx.req, ctx.res, pageHeaders);
  };
}
