import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

import { build } from 'vite';

import { at } from '../../scripts/run.mjs';

/** What the documents promise: everything works under this, and nothing is reported. */
export const STRICT = [
  ...["default-src 'none'", "script-src 'self'", "connect-src 'self'", "style-src 'self'", "img-src 'none'"],
  ...["require-trusted-types-for 'script'", 'trusted-types chat-stream'],
].join('; ');

/** The renderer of diagrams, as a module of its own. */
export const builtRenderer = () => bundle('src/renderers/mermaid.ts', { external: [/^mermaid$/] });

/** package.json names the built doors as what has side effects; here they are still sources. */
const doorsRegister = {
  name: 'doors-register',
  transform: {
    filter: { id: /\/src\/[^/]+\.ts$/ },
    handler: (code) => ({ code, map: null, moduleSideEffects: true }),
  },
};

/**
 * One file out of a module and what it imports, as an app's bundler makes it.
 * @param {string} entry from the top folder
 * @param {{ external?: RegExp[], mode?: 'production' | 'development', plugins?: import('vite').Plugin[] }} [options]
 */
export async function bundle(entry, { external = [], mode = 'production', plugins = [] } = {}) {
  const [{ output }] = await build({
    configFile: false,
    logLevel: 'error',
    mode,
    plugins: [doorsRegister, ...plugins],
    define: {
      'process.env.NODE_ENV': JSON.stringify(mode),
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    resolve: { conditions: [mode, 'browser', 'module', 'import', 'default'] },
    build: {
      write: false,
      target: 'es2022',
      minify: false,
      lib: { entry: at(entry), formats: ['es'] },
      rolldownOptions: { external, output: { codeSplitting: false } },
    },
  });
  return output[0].code;
}

/**
 * A server on a port of its own.
 * @param {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => void} answer
 */
export async function serve(answer) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, server, close: () => server.close() };
}

const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' };
const STYLE = 'body { margin: 0 } chat-stream { block-size: 600px }';

/** One question on its way, and the hand that writes its answer. */
class Exchange {
  /** Whether the other side, or we, closed it. */
  over = false;
  #response;

  constructor(request, response, body) {
    this.body = body;
    this.headers = request.headers;
    this.address = request.url;
    this.#response = response;
    this.closed = new Promise((resolve) => response.once('close', resolve)).then(() => (this.over = true));
  }

  /** The words that were asked. */
  get question() {
    return JSON.parse(this.body || '{}').message;
  }

  begin(type = 'text/event-stream', status = 200) {
    if (this.#response.headersSent) return this;
    this.#response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
    this.#response.flushHeaders();
    return this;
  }

  /** Writes as it is; resolves when the connection takes more. */
  async raw(text) {
    this.begin();
    if (this.over || this.#response.write(text)) return;
    await Promise.race([new Promise((resolve) => this.#response.once('drain', resolve)), this.closed]);
  }

  event(value) {
    this.begin();
    if (!this.over) this.#response.write(`data: ${JSON.stringify(value)}\n\n`);
    return this;
  }

  say(content) {
    return this.event({ type: 'text', content });
  }

  done() {
    this.event({ type: 'done' });
    this.#response.end();
  }

  /** The connection breaks. */
  cut() {
    this.begin();
    this.#response.socket.destroy();
  }

  fail(status, body = '{}') {
    this.begin('application/json', status);
    this.#response.end(body);
  }
}

/**
 * A site: pages, the built files below /dist and /test, and a backend at every address that begins with /chat; one origin.
 * Files are looked up in `files` first: `{ '/app.js': code }`.
 */
export async function startSite({ files = {} } = {}) {
  const exchanges = [];
  const reports = [];
  const asked = [];
  const waiting = new Set();
  const sockets = new Set();
  const site = { exchanges, reports, asked, sockets, files, answer: undefined };

  async function respond(request, response) {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    if (pathname === '/favicon.ico') return void response.writeHead(204).end();
    asked.push(`${request.method} ${pathname}`);
    if (pathname === '/report') {
      reports.push(await textIn(request));
      return void response.writeHead(204).end();
    }
    if (pathname.startsWith('/chat')) {
      const exchange = new Exchange(request, response, await textIn(request));
      exchanges.push(exchange);
      for (const look of waiting) look();
      return site.answer?.(exchange);
    }
    const found = files[pathname] ?? (await built(pathname));
    if (found === undefined) return void response.writeHead(404).end();
    const type = TYPES[extname(pathname)] ?? 'text/html';
    const policy = searchParams.get('policy') ?? STRICT;
    // The page of a diagram's frame has a policy of its own.
    if (type === 'text/html' && policy !== 'none' && !pathname.startsWith('/dist/'))
      response.setHeader('content-security-policy', `${policy}; report-uri /report`);
    response.setHeader('content-type', `${type}; charset=utf-8`);
    response.end(found);
  }

  const { url, server } = await serve((request, response) => {
    respond(request, response).catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // A page keeps connections for later: what is not closed by a page is not closed by us.
  server.keepAliveTimeout = 600_000;
  site.url = url;
  site.close = () => {
    server.close();
    server.closeAllConnections();
  };
  /** The exchange with this number, from 0, when it is there. */
  site.exchange = async (number) => {
    while (!exchanges[number]) await new Promise((look) => waiting.add(look));
    return exchanges[number];
  };
  return site;
}

async function textIn(request) {
  request.setEncoding('utf8');
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

function built(pathname) {
  const path = normalize(decodeURIComponent(pathname));
  if (!/^\/(dist|test\/pages)\//.test(path)) return undefined;
  return readFile(at(join('.', path))).catch(() => undefined);
}

/** A page with these scripts in this order, our stylesheet, and this in its body. */
export const pageOf = (scripts, body = '<chat-stream endpoint="/chat" label="Ask"></chat-stream>') =>
  `<!doctype html><html lang="en"><head><title>A page</title><link rel="stylesheet" href="/page.css">
${scripts.map((src) => `<script type="module" src="${src}"></script>`).join('\n')}</head><body>${body}</body></html>`;

/** Every test's page: what it saw must be nothing, unless the test says otherwise. */
export async function openPage(t, { browser, site, path = '/', options = {}, wait = 'load' }) {
  site.files['/page.css'] ??= STYLE;
  const context = await browser.newContext({ viewport: { width: 800, height: 700 }, ...options });
  t.after(() => context.close());
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const seen = watched(page, site);
  site.exchanges.length = site.reports.length = site.asked.length = 0;
  await page.goto(new URL(path, site.url).href, { waitUntil: wait });
  return { page, context, ...seen };
}

/** Uncaught errors, console errors and requests to anywhere else; warnings apart. */
export function watched(page, site) {
  const faults = [];
  const warnings = [];
  page.on('pageerror', (error) => faults.push(String(error.stack ?? error)));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
    if (message.type().startsWith('warn')) warnings.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`${site.url}/`)) faults.push(`asked ${request.url()}`);
  });
  return { faults, warnings };
}

/** Resolves when the widget has this status. */
export const hasStatus = (page, status, selector = 'chat-stream') =>
  page.waitForFunction(([css, wanted]) => document.querySelector(css)?.status === wanted, [selector, status]);
