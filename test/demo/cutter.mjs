import { createServer, request } from 'node:http';

import { listen } from './backend.mjs';

/**
 * A server in front of a backend that breaks connections: real ones, at any byte of a body. Gives its address.
 * @param {string} url The backend.
 * @param {(req: import('node:http').IncomingMessage) => number} bytesOf How much of the body of a response gets through.
 */
export function cutter(url, bytesOf) {
  const { hostname, port, host } = new URL(url);
  const server = createServer((req, res) => {
    let left = bytesOf(req);
    const { method, url: path } = req;
    const asked = request({ hostname, port, method, path, headers: { ...req.headers, host } }, (response) => {
      res.writeHead(response.statusCode, response.headers);
      res.flushHeaders();
      response.on('data', (piece) => {
        if (left < 0) return;
        const through = piece.subarray(0, left);
        left -= piece.length;
        // What was let through is out before the connection breaks.
        res.write(through, () => left < 0 && res.destroy());
      });
      response.on('end', () => left >= 0 && res.end());
      response.on('error', () => res.destroy());
    });
    asked.on('error', () => res.destroy());
    // Who leaves the one side leaves the other.
    res.once('close', () => asked.destroy());
    req.pipe(asked);
  });
  return listen(server);
}

/** A random number generator that gives the same numbers for the same seed (mulberry32). */
export function randomFrom(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}
