import { answerWith, changed, endWith, when } from './play-steps.mjs';

/**
 * A scripted HTTP server inside the test server.
 *
 * @typedef {import('./play-steps.mjs').Play} Play
 * @typedef {import('./play-steps.mjs').SeenRequest} SeenRequest
 */

/** @type {Map<string, Play>} */
const plays = new Map();
let count = 0;

/** @param {string} id */
export const sessionOfPlay = (id) => plays.get(id)?.session;

/** @param {import('node:http').IncomingMessage} req */
async function readBody(req) {
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * @param {Play} play
 * @param {import('koa').Context} ctx
 * @param {Record<string, string>} pageHeaders
 */
async function serve(play, ctx, pageHeaders) {
  const { req, res } = ctx;
  const url = req.url?.slice(`/play/${play.id}`.length) ?? '';
  /** @type {SeenRequest} */
  const seen = { method: req.method ?? '', url, headers: flat(req.headers), body: '', at: Date.now() };
  const turn = play.requests.push(seen) - 1;
  play.open.add(res);
  res.once('close', () => {
    play.open.delete(res);
    seen.closed = { by: play.gone || seen.ended ? 'server' : 'client', at: Date.now() };
    changed(play);
  });
  try {
    const body = await readBody(req);
    seen.body = body.toString('utf8');
    changed(play);
    const answer = play.script.answers[turn] ?? play.script.answers.at(-1) ?? {};
    await answerWith(play, res, answer, pageHeaders);
    if (res.destroyed) return;
    const end = answer.end ?? 'close';
    // Noted first: the close event tells from it who left.
    seen.ended = end !== 'hang';
    endWith(res, end);
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
    await when(play, () => play.requests.length >= Number(name || 0));
    return play.requests;
  }
  remove(play);
  return {};
}

/**
 * @param {{ sessionOf: (ctx: import('koa').Context) => string, pageHeaders: Record<string, string> }} options
 * @returns {import('koa').Middleware}
 */
export function playServer({ sessionOf, pageHeaders }) {
  return async (ctx, next) => {
    const [, room, id = '', verb = '', name = ''] = ctx.path.split('/');
    if (room === 'play' && ctx.method === 'PUT' && id === '') {
      const script = JSON.parse((await readBody(ctx.req)).toString('utf8'));
      const play = {
        ...{ id: String(++count), session: sessionOf(ctx), script, requests: [], gone: false },
        ...{ released: new Set(), reached: new Set(), waiting: new Set(), open: new Set() },
      };
      plays.set(play.id, play);
      ctx.body = { id: play.id };
      return;
    }
    const play = plays.get(id);
    if ((room !== 'play' && room !== 'play-control') || !play) return next();
    if (room === 'play-control') {
      ctx.body = await control(play, verb, decodeURIComponent(name));
      return;
    }
    ctx.respond = false;
    await serve(play, ctx, pageHeaders);
  };
}
