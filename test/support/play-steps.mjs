import { setTimeout as wait } from 'node:timers/promises';

/**
 * How one answer of a play is given, step by step. See play-script.ts for the shape of a script.
 *
 * @typedef {import('./play-script.ts').Answer} Answer
 * @typedef {import('./play-script.ts').Step} Step
 * @typedef {import('./play-script.ts').PlayScript} PlayScript
 * @typedef {import('./play-script.ts').SeenRequest} SeenRequest
 * @typedef {{ id: string, session: string, script: PlayScript, requests: SeenRequest[], released: Set<string>,
 *   reached: Set<string>, waiting: Set<() => void>, open: Set<import('node:http').ServerResponse>, gone: boolean }} Play
 */

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

/**
 * @param {import('node:http').ServerResponse} res
 * @param {string | Buffer} data
 */
async function write(res, data) {
  if (res.destroyed) return;
  await new Promise((done) => {
    res.once('close', done);
    res.write(data, () => {
      res.off('close', done);
      done(undefined);
    });
  });
}

/**
 * @param {Play} play
 * @param {import('node:http').ServerResponse} res
 * @param {Step} step
 */
async function perform(play, res, step) {
  if ('write' in step) return write(res, step.write);
  if ('base64' in step) return write(res, Buffer.from(step.base64, 'base64'));
  if ('wait' in step) return wait(step.wait);
  if ('gate' in step) {
    play.reached.add(step.gate);
    changed(play);
    return void (await when(play, () => res.destroyed || play.released.has(step.gate)));
  }
  const { write: text, times, every = 0 } = step.repeat;
  for (let n = 0; n < times && !res.destroyed; n++) {
    await write(res, text.replaceAll('{n}', String(n)));
    if (every > 0) await wait(every);
  }
}

/**
 * @param {Play} play
 * @param {import('node:http').ServerResponse} res
 * @param {Answer} answer
 * @param {Record<string, string>} pageHeaders
 */
export async function answerWith(play, res, answer, pageHeaders) {
  // Status 0: the connection ends before there is any answer.
  if (answer.status !== 0) {
    const defaults = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };
    res.writeHead(answer.status ?? 200, { ...defaults, ...pageHeaders, ...answer.headers });
    res.flushHeaders();
  }
  for (const step of answer.steps ?? []) {
    if (res.destroyed) return;
    await perform(play, res, step);
  }
}

/**
 * @param {import('node:http').ServerResponse} res
 * @param {Answer['end']} end
 */
export function endWith(res, end) {
  if (end === 'close') res.end();
  else if (end === 'truncate') res.socket?.destroy();
  else if (end === 'reset') res.socket?.resetAndDestroy();
}
