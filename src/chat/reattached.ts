import type { RunningRequest, RunRequest, Transport } from '../transport/transport.js';

/** A transport for one answer that is on its way already. */
export interface Reattached extends Transport {
  /** Lets go of the answer unless it is read. */
  leave(): void;
}

/** Asks for the answer that the backend is giving; undefined where there is none, or no way to ask. */
export async function reattached(
  transport: Transport,
  request: Omit<RunRequest, 'text'> & RunningRequest,
): Promise<Reattached | undefined> {
  // The request begins before its run does: a stop of the run must reach it.
  const controller = new AbortController();
  const abort = () => controller.abort();
  let read = false;
  const batches = await transport.resume?.({ text: '', ...request }, controller.signal);
  if (!batches) return undefined;
  return {
    run: (_request, signal) => {
      read = true;
      signal.addEventListener('abort', abort, { once: true });
      return batches;
    },
    stop: async (running) => transport.stop?.(running),
    leave: () => void (read || abort()),
  };
}
