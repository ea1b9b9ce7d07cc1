import { createStreamStore, type ResumableStream } from '../../src/server/index.js';
import type { Misbehaviour } from '../page/options.js';
import { onTheWire, type Connection } from './faults.js';

/** How an answer that outlives its connection is read again. */
export interface Resumption {
  /** Whether it is so without being asked for, because its protocol calls event ids a cursor. */
  always?: boolean;
  /** Whether its protocol has no ids, and replays from the start. */
  withoutIds?: boolean;
  /** The thread whose latest answer this is, where the client names the thread and the backend keeps none. */
  threadId?: string | undefined;
  /** Where it can be read again; by default at an address of its own. */
  location?: (id: string) => string;
}

/** What is known of an answer besides its messages. */
interface Kept extends Resumption {
  headers: Record<string, string>;
  misbehaviour: Misbehaviour | undefined;
  /** Aborts when it is over. */
  over: AbortSignal;
  /** Connections that it was sent over. */
  connections: number;
  middle: Connection['middle'];
}

/** Who asks for an answer. */
export interface Reader {
  signal: AbortSignal;
  lastEventId: string | null;
  delay: Connection['delay'];
}

/** An answer while it is generated. */
export interface Running extends ResumableStream {
  /** To be told where the text begins and where its middle is, before it is sent: a fault may wait for that. */
  reach(place: 'first' | 'half'): void;
}

export interface Answers {
  open(kept: Pick<Kept, 'misbehaviour' | 'headers'> & { resumption?: Resumption | undefined }): Running;
  /** Sends an answer, or what a client lacks of it: 204, 404 and 410 as the store says. */
  respond(id: string, reader: Reader): Promise<Response>;
  /** The latest answer of a thread, and whether it still grows. */
  latest(threadId: string): { id: string; running: boolean } | undefined;
  /** Ends an answer because a person pressed Stop: the one at that address, else the latest of that thread. */
  stop(where: { location: string; threadId: string }): Promise<boolean>;
}

/** An answer of ten million characters is one of the demo's faults; a backend of text alone needs less. */
const MEBI = 1024 * 1024;
/** As many answers are remembered as threads. */
const MOST = 200;

/**
 * Answers that go on when their connection breaks, each of them readable again.
 *
 * A backend with sign-in passes its user's id as `owner`, because an id is no permission. Here nobody signs in: what keeps
 * answers apart is that an id cannot be guessed, and that pages of other sites may not ask at all (`guard.ts`).
 */
export function createAnswers(): Answers {
  const store = createStreamStore({ maxTime: 900_000, maxSize: 32 * MEBI, maxTotalSize: 128 * MEBI });
  const known = new Map<string, Kept>();
  const ofThread = new Map<string, string>();

  return {
    open({ resumption = {}, ...rest }) {
      const stream = store.open();
      const middle = { first: Infinity, half: Infinity };
      let sent = 0;
      remember(known, stream.id, { ...rest, ...resumption, over: stream.signal, connections: 0, middle });
      if (resumption.threadId) remember(ofThread, resumption.threadId, stream.id);
      return {
        ...stream,
        send(message) {
          // A comment alone is no message of the answer.
          if (message.data !== undefined || message.retry !== undefined) sent += 1;
          return stream.send(message);
        },
        reach: (place) => void (middle[place] = sent),
      };
    },

    async respond(id, { signal, lastEventId, delay }) {
      const kept = known.get(id);
      const { misbehaviour, withoutIds, headers = {}, location = ownAddress } = kept ?? {};
      const fromStart = withoutIds || misbehaviour === 'repeat-ids';
      const response = await store.respond(id, {
        signal,
        headers,
        location: location(id),
        ...(!fromStart && { lastEventId }),
      });
      if (!kept || response.status !== 200) return response;
      kept.connections += 1;
      return onTheWire(response, misbehaviour, { ...kept, delay, signal });
    },

    latest(threadId) {
      const id = ofThread.get(threadId);
      const kept = known.get(id ?? '');
      return id !== undefined && kept ? { id, running: !kept.over.aborted } : undefined;
    },

    async stop({ location, threadId }) {
      const named = (location.match(/[\da-f-]{36}/g) ?? []).find((id) => known.has(id));
      const id = named ?? ofThread.get(threadId);
      return id !== undefined && store.stop(id);
    },
  };
}

const ownAddress = (id: string): string => `/api/answers/${id}`;

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > MOST) map.delete(map.keys().next().value!);
}
