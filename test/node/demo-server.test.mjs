import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { misbehaviours } from '../../build/demo/options.js';
import { attributesFor, readSettings, toHTML } from '../../build/demo/settings.js';
import { createDemoBackend, startDemoServer } from '../../build/demo-server.js';
import { ALL_AT_ONCE, ask, listen, raw, root, serve, track } from '../demo/backend.mjs';
import { WIRE } from '../demo/wire.mjs';

const built = fileURLToPath(new URL('../../build/demo-server.js', import.meta.url));

describe('presets', () => {
  const settingsOf = (values) => readSettings((name) => values[name] ?? null);

  it('add what the panel sets to the address, and nothing else', () => {
    const settings = settingsOf({
      backend: 'rubyllm',
      pace: '80',
      misbehave: 'cut',
      dir: 'rtl',
      protocol: 'events',
    });
    const { endpoint, method, dir, protocol } = attributesFor(settings);
    assert.equal(endpoint, '/stream_chat?prompt={message}&pace=80&misbehave=cut');
    assert.deepEqual({ method, dir, protocol }, { method: 'get', dir: 'rtl', protocol: 'events' });
    assert.equal(attributesFor(settingsOf({})).endpoint, '/api/chat');
    assert.equal(settingsOf({ misbehave: 'toString', backend: 'none' }).misbehave, '');
    for (const name of Object.keys(misbehaviours))
      assert.equal(settingsOf({ misbehave: name }).misbehave, name);
  });

  it('are written as HTML that means the same', () => {
    assert.equal(
      toHTML({ endpoint: '/a?b=1&c=2', body: `{"a":"it's"}` }),
      `<chat-stream\n  endpoint="/a?b=1&amp;c=2"\n  body='{"a":"it&#39;s"}'\n></chat-stream>`,
    );
  });
});

describe('the server', () => {
  it('binds this machine only', async () => {
    const server = track(await startDemoServer({ port: 0, root }));
    assert.equal(server.address.address, '127.0.0.1');
  });

  it('serves the page under a strict policy', async () => {
    const page = await fetch(await serve());
    assert.match(await page.text(), /<title>Demo/);
    const policy = page.headers.get('content-security-policy');
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "require-trusted-types-for 'script'",
      'trusted-types chat-stream',
    ]) {
      assert.ok(policy.includes(rule), rule);
    }
    assert.doesNotMatch(policy, /unsafe/);
  });

  it('serves nothing outside its folders', async () => {
    const url = await serve();
    assert.equal((await raw(url, '/demo/index.html')).status, 200);
    const paths = [
      '/../secret.html',
      '/demo/../../secret.html',
      '/demo/..%2f..%2fsecret.html',
      '/demo/%2e%2e/%2e%2e/secret.html',
    ];
    paths.push(
      '/demo/..%5c..%5csecret.html',
      '/demo//../..//secret.html',
      '/docs/..%2fsecret.html',
      '/secret.html',
    );
    paths.push('/demo/link.html', '/demo/%00.html', '/demo/%ff.html', '/dist/', '/demo/');
    for (const path of paths) {
      const { status, text } = await raw(url, path);
      assert.equal(status, 404, path);
      assert.ok(!text.includes('secret'), path);
    }
  });

  it('refuses pages of other sites, and other names of this machine', async () => {
    const url = await serve();
    const { host } = new URL(url);
    const path = '/stream_chat?prompt=hi';
    assert.equal((await raw(url, path, { origin: 'https://example.com' })).status, 403);
    assert.equal((await raw(url, path, { 'sec-fetch-site': 'cross-site' })).status, 403);
    assert.equal((await raw(url, path, { host: 'example.com' })).status, 403);
    assert.equal((await raw(url, path, { origin: `http://${host}` })).status, 200);
  });

  it('refuses bodies and methods it does not know', async () => {
    const url = await serve();
    const post = (body) => fetch(new URL('api/chat', url), { method: 'POST', body });
    assert.equal((await post('{')).status, 400);
    assert.equal((await post('3')).status, 400);
    assert.equal((await post('{}')).status, 422);
    assert.equal((await post(JSON.stringify({ message: 'x'.repeat(2 ** 20) }))).status, 413);
    const wrong = await fetch(new URL('api/chat', url));
    assert.deepEqual([wrong.status, wrong.headers.get('allow')], [405, 'POST']);
  });

  it('is also a handler for any server of Node, which leaves other addresses alone', async () => {
    const backend = createDemoBackend({ root, delay: ALL_AT_ONCE });
    const server = createServer((req, res) => {
      void backend(req, res).then((answered) => answered || res.end('mine'));
    });
    const url = await listen(server);
    assert.equal(await (await fetch(`${url}other`)).text(), 'mine');
    assert.match(await (await ask(url, 'rubyllm')).text(), WIRE.rubyllm.end);
  });

  it('prints its address, and nothing else, when it is run', async () => {
    const child = spawn(process.execPath, [built], {
      env: { ...process.env, PORT: '0', OPENAI_BASE_URL: '' },
    });
    let output = '';
    child.stderr.on('data', (data) => (output += data));
    for await (const data of child.stdout) {
      output += data;
      if (output.includes('\n')) break;
    }
    const address = output.trim();
    assert.match(output, /^http:\/\/127\.0\.0\.1:\d+\/\n$/);
    assert.match(await (await ask(address, 'general', { query: 'pace=0' })).text(), WIRE.general.end);
    child.kill();
    await once(child, 'exit');
    assert.equal(output.trim(), address);
  });
});
