import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

/**
 * How one answer of a play is given, step by step. See play-script.ts for the shape of a script.
 *
 * @typedef {import('node:http').ServerResponse} Response
 * @typedef {import('./play-script.ts').Answer} Answer
 * @typedef {import('./play-script.ts').Bytes} Bytes
 * @typedef {import('./play-script.ts').Step} Step
 * @typedef {import('./play-script.ts').PlayScript} PlayScript
 * @typedef {import('./play-script.ts').SeenRequest} SeenRequest
 * @typedef {{ id: string, session: string, script: PlayScript, requests: SeenRequest[], turns: Map<string, number>,
 *   released: Set<string>, reached: Set<string>, waiting: Set<() => void>, open: Set<Response>, unread: number, gone: boolean }} Play
 * @typedef {{ play: Play, seen: SeenRequest, res: Response, sink: import('node:stream').Writable }} Exchange
 */

/** Bytes of a repeated text that are written at once. */
const block = 64 * 1024;
/** Milliseconds between two of them where there is no end. */
const endlessPause = 5;

/** @param {Play} play */
export function changed(play) {
  for (const resume of play.waiting) resume();
  play.waiting.clear();
}

/**
 * @template T
 * @param {Play} play
 * @param {() => T} condition
 */
export async function when(play, condition) {
  for (;;) {
    const value = condition();
    if (value || play.gone) return value;
    await new Promise((resume) => play.waiting.add(() => resume(undefined)));
  }
}

/** @param {Bytes} bytes */
const bytesOf = (bytes) =>
  'write' in bytes ? Buffer.from(bytes.write) : Buffer.from(bytes.base64, 'base64');

/**
 * @param {Exchange} exchange
 * @param {string | Buffer} data
 */
async function write({ res, sink }, data) {
  if (res.destroyed || data.length === 0) return;
  await new Promise((done) => {
    res.once('close', done);
    sink.write(data, () => {
      res.off('close', done);
      done(undefined);
    });
  });
}

/**
 * @param {Bytes} bytes
 * @param {number} times
 */
function* blocks(bytes, times) {
  const one = bytesOf(bytes);
  if ('write' in bytes && bytes.write.includes('{n}')) {
    let text = '';
    for (let n = 0; n < times; n++) {
      text += bytes.write.replaceAll('{n}', String(n));
      if (text.length < block) continue;
      yield text;
      text = '';
    }
    yield text;
    return;
  }
  const count = Math.max(1, Math.floor(block / one.length));
  const many = Buffer.alloc(one.length * Math.min(count, times), one);
  let left = times;
  for (; left >= count; left -= count) yield many;
  yield many.subarray(0, left * one.length);
}

/**
 * @param {Exchange} exchange
 * @param {Extract<Step, { repeat: object }>['repeat']} repeat
 */
async function repeatedly(exchange, { times, every = 0, ...bytes }) {
  const often = times < 0 ? Infinity : times;
  if (every === 0) {
    for (const piece of blocks(bytes, often)) {
      if (exchange.res.destroyed) return;
      await write(exchange, piece);
      // As fast as a network is: WebKit takes in whatever comes before it lets the page say that it has had enough.
      if (times < 0) await wait(endlessPause);
    }
    return;
  }
  const text = bytesOf(bytes).toString('utf8');
  for (let n = 0; n < often && !exchange.res.destroyed; n++) {
    await write(exchange, text.replaceAll('{n}', String(n)));
    await wait(every);
  }
}

/**
 * @param {Exchange} exchange
 * @param {Extract<Step, { after: object }>} step
 */
function rest({ seen }, { after, overlap = 0, most = Infinity }) {
  const id = seen.headers['last-event-id'];
  const held = id === undefined ? -1 : after.findLastIndex((event) => event.includes(`id: ${id}\n`));
  const start = Math.max(0, held + 1 - overlap);
  return after.slice(start, start + most).join('');
}

/**
 * @param {Exchange} exchange
 * @param {Step} step
 */
async function perform(exchange, step) {
  const { play, res } = exchange;
  if ('wait' in step) return wait(step.wait);
  if ('repeat' in step) return repeatedly(exchange, step.repeat);
  if ('after' in step) return write(exchange, rest(exchange, step));
  if ('gate' in step) {
    play.reached.add(step.gate);
    changed(play);
    return void (await when(play, () => res.destroyed || play.released.has(step.gate)));
  }
  if ('drip' in step) {
    for (const byte of bytesOf(step.drip)) {
      if (res.destroyed) return;
      await write(exchange, Buffer.of(byte));
      await wait(step.drip.every);
    }
    return;
  }
  return write(exchange, bytesOf(step));
}

/** @param {Record<string, string>} headers */
const filled = (headers) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value.replace(/^@now\+(\d+)s$/, (_all, seconds) =>
        new Date(Date.now() + Number(seconds) * 1000).toUTCString(),
      ),
    ]),
  );

/**
 * @param {Exchange} exchange
 * @param {Answer} answer
 */
async function zipped(exchange, { gzip, steps = [] }) {
  const bytes = gzipSync(Buffer.concat(steps.map((step) => bytesOf(/** @type {Bytes} */ (step)))));
  await write(exchange, gzip === 'half' ? bytes.subarray(0, bytes.length >> 1) : bytes);
}

/**
 * @param {Exchange} exchange
 * @param {Answer} answer
 * @param {Record<string, string>} more headers that the server adds
 */
export async function answerWith(exchange, answer, more) {
  const { res } = exchange;
  const { status = 200, framing, gzip, raw, headers, steps = [] } = answer;
  if (status !== 0 && !raw) {
    if (framing === 'close') {
      res.shouldKeepAlive = false;
      res.useChunkedEncodingByDefault = false;
    }
    const defaults = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };
    const encoding = gzip && { 'content-encoding': 'gzip' };
    res.writeHead(status, { ...defaults, ...more, ...encoding, ...filled(headers ?? {}) });
    res.flushHeaders();
  }
  if (gzip) return zipped(exchange, answer);
  for (const step of steps) {
    if (res.destroyed) return;
    await perform(exchange, step);
  }
}

/**
 * @param {Response} res
 * @param {Answer} answer
 */
export function endWith(res, { end = 'close', status, raw }) {
  const cut = status === 0 || raw || end === 'truncate';
  if (end === 'hang') return;
  if (end === 'reset') res.socket?.resetAndDestroy();
  else if (cut) res.socket?.destroySoon();
  else res.end();
}
