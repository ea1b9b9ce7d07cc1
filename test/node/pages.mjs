import { createServer } from 'node:http';

import { build } from 'vite';

import { at } from '../../scripts/run.mjs';

/** The renderer of diagrams, as a module of its own. */
export async function builtRenderer() {
  const [{ output }] = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: at('src/renderers/mermaid.ts'), formats: ['es'] },
      rolldownOptions: { external: [/^mermaid$/] },
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
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
