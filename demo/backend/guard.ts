import type { IncomingMessage } from 'node:http';

/**
 * Whether a page of another site sent this request. The server is reachable by every page the browser shows, and may
 * hold the key of a model server: only its own pages may ask. A client that is no browser sends neither header.
 */
export function isForeign({ headers }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host)) return true;
  if (headers['sec-fetch-site'] === 'cross-site') return true;
  return origin !== undefined && origin !== `http://${host}`;
}
