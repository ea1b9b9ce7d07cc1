import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import Koa from 'koa';

const PAGE =
  '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Mutants</title></head>' +
  '<body><script type="module" src="/scripts/mutation/page.js"></script></body></html>';

/**
 * Modules and recordings stay as they are: a page for a single mutant would otherwise mostly wait for them.
 * @param {import('koa').Context} ctx
 * @param {() => Promise<void>} next
 */
const kept = (ctx, next) =>
  next().then(() => {
    const own = ctx.path === '/' || ctx.path.startsWith('/play');
    if (!own && ctx.status === 200) ctx.set('cache-control', 'max-age=86400, immutable');
  });

/**
 * Serves the modules beside everything that the tests' own server has: plays, fixtures and the strict policy.
 * @param {string} root the project, or a copy of it
 * @param {Map<string, string>} modules
 */
export async function serve(root, modules) {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const { testServer } = await import(pathToFileURL(join(root, 'test/support/page-server.mjs')).href);
  const app = new Koa();
  app.use(kept);
  for (const part of testServer({ nonce: randomBytes(16).toString('base64'), port })) app.use(part);
  app.use((ctx) => {
    const module = modules.get(ctx.path);
    if (ctx.path === '/') {
      ctx.body = PAGE;
    } else if (module !== undefined) {
      ctx.type = 'text/javascript';
      ctx.body = module;
    } else if (ctx.path.startsWith('/node_modules/')) {
      ctx.type = 'text/plain';
      ctx.body = createReadStream(join(root, ctx.path));
    }
  });
  const answer = app.callback();
  server.on('request', (request, response) => void answer(request, response));
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
