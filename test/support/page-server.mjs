import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, resolve, sep } from 'node:path';

import { closedOrigin } from './fault-origin.mjs';
import { playServer, sessionOfPlay } from './play-server.mjs';

/** Everything a test page may ask of its server; any other request fails the run. */
const KNOWN = ['/src/', '/test/', '/node_modules/', '/dist/', '/play', '/fixtures/', '/__w'];
const TYPES = { '.json': 'application/json', '.jsonl': 'application/x-ndjson', '.sse': 'text/event-stream' };

/** @typedef {{ method: string, url: string, session: string, at: number, expected: boolean }} Seen */

/** The folder of shared recordings, which is not part of this repository. */
export function fixturesFolder() {
  const folder = resolve(process.env.CHAT_STREAM_FIXTURES || '../shared/fixtures');
  return existsSync(folder) ? folder : undefined;
}

/**
 * A connection that the server closes while the browser reuses it fails a PUT, which no browser repeats.
 * @param {import('koa').Context} ctx
 * @param {() => Promise<void>} next
 */
async function patient(ctx, next) {
  const server = /** @type {{ server?: import('node:http').Server }} */ (
    /** @type {unknown} */ (ctx.req.socket)
  ).server;
  if (server) server.keepAliveTimeout = 600_000;
  await next();
}

/** Test files that ask other origins: one that answers, closed ports, a name nobody has. */
const asksElsewhere = /"testFile":\s*"\/test\/(faults\/|protocols\/hostile)/;
const elsewhere = ' http://127.0.0.1:* http://chat-stream.invalid';

/**
 * @param {string} nonce
 * @param {number} port
 * @param {string} [more] origins that may be asked besides
 */
export function contentSecurityPolicy(nonce, port, more = '') {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    // Not every engine takes 'self' to cover web sockets, which the test runner talks through.
    `connect-src 'self' ws://127.0.0.1:${port}${more}`,
    "img-src 'none'",
    "font-src 'none'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html chat-stream',
  ].join('; ');
}

/** @param {string} url */
function sessionIn(url) {
  if (!URL.canParse(url)) return '';
  const { pathname, searchParams } = new URL(url);
  const play = /^\/play\/(\d+)/.exec(pathname);
  return searchParams.get('wtr-session-id') ?? (play?.[1] ? (sessionOfPlay(play[1]) ?? '') : '');
}

/** @param {import('koa').Context} ctx */
const sessionOf = (ctx) => sessionIn(ctx.href) || sessionIn(ctx.get('referer')) || ctx.get('x-test-session');

/** @type {Seen[]} */
const seen = [];

/** @type {import('koa').Middleware} */
async function watchRequests(ctx, next) {
  if (ctx.path === '/favicon.ico') return void (ctx.status = 204);
  const known = ctx.path === '/' || KNOWN.some((start) => ctx.path.startsWith(start));
  const entry = {
    method: ctx.method,
    url: ctx.url,
    session: sessionOf(ctx),
    at: Date.now(),
    expected: known,
  };
  // The test runner itself asks for source maps, without the headers that any browser sends.
  const control = ctx.path.startsWith('/play-control/') || !ctx.get('accept');
  if (control) entry.expected = true;
  else seen.push(entry);
  await next();
  // A play or a fixture may well answer 404, and HEAD asks whether something is there: a test's own business.
  const free = ctx.method === 'HEAD' || ctx.path.startsWith('/play/') || ctx.path.startsWith('/fixtures/');
  if (ctx.status === 404 && ctx.respond !== false && !free && !control) entry.expected = false;
}

/** @param {string} session */
function takeUnexpected(session) {
  // What no page can be named for is told to whoever asks first, so that it is not lost.
  const bad = seen.filter((entry) => !entry.expected && (entry.session === session || entry.session === ''));
  for (const entry of bad) entry.expected = true;
  return bad.map(({ method, url }) => ({ method, url }));
}

/** @type {import('koa').Middleware} */
async function answerQuestions(ctx, next) {
  if (ctx.path === '/play-control/about') ctx.body = { fixtures: fixturesFolder() !== undefined };
  else if (ctx.path === '/play-control/nobody') ctx.body = { origin: await closedOrigin() };
  else if (ctx.path === '/play-control/unexpected') ctx.body = takeUnexpected(ctx.get('x-test-session'));
  else if (ctx.path === '/play-control/seen') {
    const own = seen.filter(({ session }) => session === ctx.get('x-test-session'));
    ctx.body = own.map(({ method, url, at }) => ({ method, url, at }));
  } else await next();
}

/** @type {import('koa').Middleware} */
async function serveFixtures(ctx, next) {
  if (!ctx.path.startsWith('/fixtures/') || ctx.method !== 'GET') return next();
  const root = fixturesFolder();
  if (!root) return;
  const path = normalize(join(root, decodeURIComponent(ctx.path.slice('/fixtures/'.length))));
  if (path !== root && !`${path}${sep}`.startsWith(root + sep)) return;
  const info = await stat(path).catch(() => undefined);
  if (info?.isDirectory()) {
    const entries = await readdir(path, { withFileTypes: true });
    ctx.body = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
  } else if (info) {
    ctx.body = await readFile(path);
    ctx.type = TYPES[/** @type {keyof typeof TYPES} */ (extname(path))] ?? 'text/plain';
  }
}

/**
 * The strict policy on every page, with the test runner's own inline scripts marked as allowed.
 * @param {string} nonce
 * @param {number} port
 * @returns {import('koa').Middleware}
 */
function strictPages(nonce, port) {
  const policy = contentSecurityPolicy(nonce, port);
  return async (ctx, next) => {
    // An answer "not modified" would keep what an earlier run was told.
    delete ctx.req.headers['if-none-match'];
    delete ctx.req.headers['if-modified-since'];
    await next();
    if (!ctx.response.is('html')) return;
    ctx.set('content-security-policy', policy);
    if (typeof ctx.body === 'string' && ctx.path === '/') {
      if (asksElsewhere.test(ctx.body))
        ctx.set('content-security-policy', contentSecurityPolicy(nonce, port, elsewhere));
      ctx.body = ctx.body.replaceAll(/<script(?=[\s>])(?![^>]*\ssrc=)/g, `<script nonce="${nonce}"`);
    } else if (typeof ctx.body === 'string') {
      ctx.body = ctx.body.replace(
        /<head>|^(?!<!doctype)/i,
        (at) => `${at}<script src="/test/support/frame-faults.js"></script>`,
      );
    }
  };
}

/**
 * @param {{ nonce: string, port: number, other: string }} options `other` is a second origin with the same plays
 * @returns {import('koa').Middleware[]}
 */
export function testServer({ nonce, port, other }) {
  const pageHeaders = { 'content-security-policy': contentSecurityPolicy(nonce, port) };
  const plays = playServer({ sessionOf, pageHeaders, other });
  return [patient, strictPages(nonce, port), watchRequests, answerQuestions, plays, serveFixtures];
}
