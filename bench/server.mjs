import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

import { answer, LAST_WORD, pieces, TOKEN } from './text.mjs';

const path = (folder) => fileURLToPath(new URL(folder, import.meta.url));
const BUILD = path('build');
const DIST = path('../dist');
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
};

const line = (value) => `data: ${JSON.stringify(value)}\n\n`;
const completion = (delta, finish = null) =>
  line({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'bench',
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
const n8n = (type, content) =>
  `${JSON.stringify({ type, content, metadata: { nodeId: 'n', nodeName: 'Agent', timestamp: 1, runIndex: 0, itemIndex: 0 } })}\n`;

/** How each kind of stream says a delta, and what stands before and after all of them. */
const KINDS = {
  openai: {
    type: 'text/event-stream',
    before: completion({ role: 'assistant', content: '' }),
    delta: (content) => completion({ content }),
    after: `${completion({}, 'stop')}data: [DONE]\n\n`,
  },
  'ai-sdk': {
    type: 'text/event-stream',
    headers: { 'x-vercel-ai-ui-message-stream': 'v1' },
    before:
      ['start', 'start-step'].map((type) => line({ type })).join('') + line({ type: 'text-start', id: '1' }),
    delta: (delta) => line({ type: 'text-delta', id: '1', delta }),
    after: `${line({ type: 'text-end', id: '1' })}${['finish-step', 'finish'].map((type) => line({ type })).join('')}data: [DONE]\n\n`,
  },
  n8n: {
    type: 'application/json',
    before: n8n('begin'),
    delta: (content) => n8n('item', content),
    after: n8n('end'),
  },
};

/** What a page is answered first where its second answer is measured; the probe does not take its end for that one's. */
const SHORT = answer(400).replace(LAST_WORD, 'done');

/**
 * Serves the pages and streams the answers: `/answer/<id>-<tokens>-<tokens a second, 0 for at once>/<kind>…`, with
 * `-again` behind it a short one before, and tells at `/sent/<id>` when an answer's last byte went out.
 * @returns {Promise<{ url: string, close(): Promise<void>, files: Map<string, { body: Buffer, time: number }> }>}
 */
export async function startServer() {
  /** What was served and when it was asked for, by its path. */
  const files = new Map();
  const sent = new Map();
  const asked = new Set();
  const whenSent = (id) => {
    if (!sent.has(id)) sent.set(id, once());
    return sent.get(id);
  };

  async function file(pathname, response) {
    const time = Date.now();
    const name = normalize(decodeURIComponent(pathname));
    const folder = name.startsWith('/dist/') ? [DIST, name.slice(5)] : [BUILD, name];
    const body = await readFile(join(...folder)).catch(() => undefined);
    if (!body) return response.writeHead(404).end();
    files.set(name, { body, time });
    response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' }).end(body);
  }

  async function stream([run, kind], response) {
    const [id, tokens, pace, warmUp] = run.split('-');
    const first = warmUp === 'again' && !asked.has(id);
    asked.add(id);
    const { type, headers, before, delta, after } = KINDS[kind];
    const events = pieces(first ? SHORT : answer(tokens * TOKEN), 1).map(delta);
    const done = whenSent(first ? `${id}-first` : id);
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', ...headers });
    response.once('finish', () => done.resolve({ time: Date.now() }));
    response.write(before);
    await (first || pace === '0' ? response.write(events.join('')) : paced(events, Number(pace), response));
    response.end(after);
  }

  async function handle(request, response) {
    const { pathname } = new URL(request.url, 'http://localhost');
    const [, first, ...rest] = pathname.split('/');
    request.resume();
    if (first === 'answer') return stream(rest, response);
    if (first === 'sent') return response.end(JSON.stringify(await whenSent(rest[0]).promise));
    return file(pathname, response);
  }

  const server = createServer((request, response) => {
    response.socket?.setNoDelay(true);
    handle(request, response).catch((error) => response.destroy(error));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    files,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A promise with what settles it. */
function once() {
  const settle = {};
  return Object.assign(settle, { promise: new Promise((resolve) => (settle.resolve = resolve)) });
}

/** Writes each event on its own when it is due. */
async function paced(events, perSecond, response) {
  const began = performance.now();
  for (let next = 0; next < events.length && !response.destroyed;) {
    const due = Math.min(events.length, Math.floor(((performance.now() - began) / 1000) * perSecond) + 1);
    while (next < due) response.write(events[next++]);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
