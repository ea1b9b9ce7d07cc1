import { realpathSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { json } from '../protocols/route.js';
import { createDemoBackend, type DemoBackend, type DemoBackendOptions } from './handler.js';
import { writeResponse } from './node-http.js';
import { projectRoot } from './project-root.js';
import { serveFile } from './site.js';

export { createDemoBackend, type DemoBackend, type DemoBackendOptions };

/** Only this machine: the demo may hold a key, and needs no other listener. */
const HOST = '127.0.0.1';
/** Where the search for a free port begins, and how many are tried. */
const FIRST_PORT = 4173;
const PORTS = 50;

export interface DemoServerOptions extends DemoBackendOptions {
  /** 0 for any free one; by default the first free one from 4173. */
  port?: number | undefined;
}

/** Serves the demo page, the built widget and the backend. */
export async function startDemoServer({ port, root = projectRoot(), ...options }: DemoServerOptions = {}) {
  const backend = createDemoBackend({ root, ...options });
  const server = createServer((req, res) => {
    const answer = async (): Promise<void> => {
      if (await backend(req, res)) return;
      const isRead = req.method === 'GET' || req.method === 'HEAD';
      const file = isRead
        ? await serveFile(root, new URL(req.url ?? '/', 'http://localhost').pathname)
        : undefined;
      await writeResponse(res, file ?? json({ error: 'Not found' }, 404));
    };
    answer().catch((error: unknown) => {
      console.error(error);
      res.destroy();
    });
  });
  await listen(server, port);
  const address = server.address() as AddressInfo;
  return {
    address,
    url: `http://${address.address}:${address.port}/`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, port: number | undefined): Promise<void> {
  const tryPort = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, HOST, () => {
        server.off('error', reject);
        resolve();
      });
    });
  if (port !== undefined) return tryPort(port);
  for (let next = FIRST_PORT; ; next += 1) {
    try {
      return await tryPort(next);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || next >= FIRST_PORT + PORTS) throw error;
    }
  }
}

/** Whether Node was told to run this very file, rather than to import it. */
const isMain =
  process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);

if (isMain) {
  const { PORT, OPENAI_BASE_URL: baseURL, OPENAI_API_KEY: apiKey, OPENAI_MODEL: model } = process.env;
  const upstream = baseURL ? { baseURL, apiKey, model } : undefined;
  const { url } = await startDemoServer({ port: PORT ? Number(PORT) : undefined, upstream });
  console.log(url);
}
