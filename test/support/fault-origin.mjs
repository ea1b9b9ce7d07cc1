import { once } from 'node:events';
import { createServer } from 'node:http';

import { playOf, serve } from './play-server.mjs';

/**
 * The plays behind an origin of its own. No connection is used twice there: browsers repeat by themselves, POST too, what
 * fails on a connection that served before, and a test could not count requests. (A GET whose connection is reset Firefox
 * repeats in any case, up to ten times; one that is answered by something else than HTTP it does not.)
 */

/**
 * What a script lets pages of other origins do.
 * @param {import('node:http').IncomingMessage} req
 * @param {string[]} [exposed]
 * @returns {Record<string, string>}
 */
function permissions(req, exposed) {
  const { origin, 'access-control-request-headers': asked = '' } = req.headers;
  if (!exposed || !origin) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-headers': asked,
    'access-control-allow-methods': 'GET, POST',
    'access-control-expose-headers': exposed.join(', '),
    'access-control-max-age': '0',
  };
}

/**
 * @param {import('node:http').IncomingMessage} req
 * @param {import('node:http').ServerResponse} res
 */
function listen(req, res) {
  const play = playOf(req.url);
  res.shouldKeepAlive = false;
  if (!play) return void res.writeHead(404).end();
  const allowed = permissions(req, play.script.cors);
  if (req.method === 'OPTIONS' && play.script.cors) res.writeHead(204, allowed).end();
  else void serve(play, req, res, allowed);
}

/** Starts it; gives its origin. Ends with the process. */
export async function startOtherOrigin() {
  const server = createServer(listen).listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return `http://127.0.0.1:${port}`;
}

/** An origin where nobody listens. */
export async function closedOrigin() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  return `http://127.0.0.1:${port}`;
}
