import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** What a page of the demo may do: run and style itself, reach this server, nothing else. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  // The frame that draws diagrams.
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types chat-stream',
].join('; ');

const COMMON = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
};

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.map': 'application/json',
};

/** Address → folder of the project. The first that begins the path counts. */
const FOLDERS: Array<[prefix: string, folder: string]> = [
  ['/demo/', 'build/demo'],
  ['/demo/', 'demo/page'],
  ['/dist/', 'dist'],
];

export const htmlResponse = (html: string | Uint8Array<ArrayBuffer>): Response =>
  new Response(html, {
    headers: {
      ...COMMON,
      'Content-Type': TYPES['.html']!,
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    },
  });

/** The demo's page, its scripts and the built widget. Undefined for everything else. */
export async function serveFile(root: string, pathname: string): Promise<Response | undefined> {
  const path = pathname === '/' ? '/demo/index.html' : decode(pathname);
  const type = TYPES[extname(path)];
  if (!type) return undefined;
  for (const [prefix, folder] of FOLDERS) {
    const bytes = path.startsWith(prefix)
      ? await readWithin(join(root, folder), path.slice(prefix.length))
      : undefined;
    if (!bytes) continue;
    // The widget's own page, the frame of diagrams, has a policy in itself.
    return type === TYPES['.html'] && !path.startsWith('/dist/')
      ? htmlResponse(bytes)
      : new Response(bytes, { headers: { ...COMMON, 'Content-Type': type } });
  }
  return undefined;
}

/** A file below a folder; nothing that lies outside it, by dots or by a link. */
async function readWithin(folder: string, path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const base = await realpath(folder);
    const file = await realpath(join(base, path));
    return file.startsWith(base + sep) ? new Uint8Array(await readFile(file)) : undefined;
  } catch {
    return undefined;
  }
}

function decode(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return '';
  }
}
