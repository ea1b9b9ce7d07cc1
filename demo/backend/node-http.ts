import type { IncomingMessage, ServerResponse } from 'node:http';

/** The largest body a request may have, in bytes. */
const MAX_BODY = 1024 * 1024;

/** A body that cannot be read; `status` is what to answer. */
export class BodyError extends Error {
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** The JSON object a request carries. */
export async function readJSON(req: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Read on without keeping it: leaving the loop would close the connection before the refusal is out.
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  if (size > MAX_BODY) throw new BodyError('The body is too large', 413);
  let body: unknown;
  try {
    body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new BodyError('The body is not JSON', 400);
  }
  if (typeof body !== 'object' || body === null) throw new BodyError('The body is not a JSON object', 400);
  return body as Record<string, unknown>;
}

/** Aborts when the client is gone, or the answer is over. */
export function disconnected(res: ServerResponse): AbortSignal {
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  return gone.signal;
}

/**
 * Writes a web response to Node's. A body that fails destroys the connection, after what came before it is out.
 * @returns True, for handlers that tell whether they answered.
 */
export async function writeResponse(res: ServerResponse, response: Response): Promise<true> {
  res.writeHead(response.status, Object.fromEntries(response.headers));
  // A stream's first event may be long in coming; its headers say at once that the server is there.
  res.flushHeaders();
  const reader = response.body?.getReader();
  if (reader) res.once('close', () => void reader.cancel().catch(() => {}));
  try {
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
      await written(res, piece.value);
    }
    res.end();
  } catch {
    res.destroy();
  }
  return true;
}

const written = (res: ServerResponse, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    res.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
