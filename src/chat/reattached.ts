import type { RunningRequest, RunRequest, Transport } from '../transport/transport.js';

/** A transport for one answer that is on its way already. */
export interface Reattached extends Transport {
  /** Lets go of the answer: nobody will read it. */
  leave(): void;
}

/** Asks for the answer that the backend is giving; undefined where there is none, or no way to ask. */
export async function reattached(
  transport: Transport,
  request: RunRequest & RunningRequest,
): Promise<Reattached | undefined> {
  // The request begins before its run does: a stop of the run must reach it.
  const controller = new AbortController();
  const leave = () => controller.abort();
  const batches = await transport.resume?.(request, controller.signal);
  if (!batches) return undefined;
  return {
    run: (_request, signal) => {
      signal.addEventListener('abort', leave, { once: true });
      return batches;
    },
    stop: async (running) => transport.stop?.(running),
    leave,
  };
}
