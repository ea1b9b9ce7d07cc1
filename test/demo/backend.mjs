import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';

import { presets } from '../../build/demo/presets.js';
import { startDemoServer } from '../../build/demo-server.js';
import { WIRE } from './wire.mjs';

/** Enough of a project for answers that do not change with the real documentation. */
const PROJECT = {
  'README.md': `# chat-stream

One element that reads a backend's stream.

## Point it at a backend

Set the \`endpoint\` attribute. The widget posts
the question there.

\`\`\`html
<chat-stream endpoint="/api/chat"></chat-stream>
\`\`\`

See [theming](docs/theming.md#colours) for its looks.
`,
  'docs/theming.md': '# Theming\n\n## Colours\n\nSet `--chat-accent` to your brand colour.\n',
  'secret.html': 'secret',
  'demo/page/index.html': '<!doctype html><title>Demo</title>',
};
export const QUESTION = 'How do I point it at my backend?';
/** In one line: where the file's lines end is its editor's business. */
export const FOUND = 'Set the `endpoint` attribute. The widget posts the question there.';
export const ALL_AT_ONCE = async () => {};

/** The project above as a folder; there while tests run. */
export let root;
const servers = [];

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'chat-stream-demo-'));
  for (const [file, text] of Object.entries(PROJECT)) {
    await mkdir(join(root, file, '..'), { recursive: true });
    await writeFile(join(root, file), text);
  }
  await symlink(join(root, 'secret.html'), join(root, 'demo/page/link.html'));
});

after(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await rm(root, { recursive: true });
});

/** Closes with the tests. */
export function track(server) {
  servers.push(server);
  return server;
}

/** A demo server of its own; gives its address. Nothing in it waits unless told to. */
export async function serve(options = {}) {
  return track(await startDemoServer({ port: 0, root, delay: ALL_AT_ONCE, ...options })).url;
}

/** Asks a backend as the widget does by its preset's attributes, first telling it where that is another address. */
export async function ask(url, id, { question = QUESTION, query = '', body, ...init } = {}) {
  const { attributes } = presets.find((preset) => preset.id === id);
  const fill = (address) =>
    new URL(address.replace('{threadId}', 'demo').replace('{message}', encodeURIComponent(question)), url);
  const post = (address) => {
    const headers = { 'Content-Type': 'application/json', ...init.headers };
    return fetch(address, {
      ...init,
      method: 'POST',
      headers,
      body: JSON.stringify(body ?? WIRE[id].asks(question)),
    });
  };
  if (attributes['send-endpoint']) {
    const told = await post(fill(attributes['send-endpoint']));
    assert.equal(told.status, 202);
    assert.ok((await told.json()).id);
  }
  const address = fill(attributes.endpoint);
  for (const [name, value] of new URLSearchParams(query)) address.searchParams.set(name, value);
  return attributes.method === 'get' ? fetch(address, init) : post(address);
}

/** A wait that lets some pass and holds the rest until it is opened. */
export function gate(passing) {
  let open;
  const opened = new Promise((resolve) => (open = resolve));
  const delay = (ms, signal) => {
    if (passing-- > 0) return Promise.resolve();
    signal.addEventListener('abort', open);
    return opened;
  };
  return { delay, open, opened };
}

export async function readUntil(reader, pattern, text = '') {
  const decoder = new TextDecoder();
  while (!pattern.test(text)) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  return text;
}

/** A request as it is written: `fetch` would tidy the path and set the headers of its own. */
export async function raw(url, path, headers = {}) {
  const { hostname, port } = new URL(url);
  const sent = request({ hostname, port, path, headers }).end();
  const [response] = await once(sent, 'response');
  const chunks = await response.toArray();
  return { status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() };
}

/** Listens on a free port of this machine until the tests are over; gives its address. */
export async function listen(server) {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  track({ close: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())) });
  return `http://127.0.0.1:${server.address().port}/`;
}
