/** A value that tells when it changed. Both functions are bound, so they can be handed to any framework as they are. */
export interface Observable<T> {
  /** The current value, always up to date, also between two notices. */
  readonly get: () => T;
  /** Calls `listener` after a change, at most once a frame; returns the function that ends it. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** A set of observables over one source: `notify` calls only the listeners whose slice changed since the last time. */
export class Slices {
  readonly #slices = new Set<() => void>();

  add<T>(get: () => T): Observable<T> {
    const listeners = new Set<() => void>();
    let last = get();
    this.#slices.add(() => {
      const value = get();
      if (value === last) return;
      last = value;
      for (const listener of [...listeners]) call(listener);
    });
    return {
      get,
      subscribe: (listener) => {
        // A wrapper of its own, so that subscribing one function twice needs two calls to end.
        const own = () => listener();
        listeners.add(own);
        return () => void listeners.delete(own);
      },
    };
  }

  notify(): void {
    for (const check of this.#slices) check();
  }
}

/** A listener's fault is its own: the others are still called, and the fault is reported as uncaught. */
export function call<A extends unknown[]>(listener: (...args: A) => void, ...args: A): void {
  try {
    listener(...args);
  } catch (error) {
    reportFault(error);
  }
}

function reportFault(error: unknown): void {
  if (typeof reportError === 'function') reportError(error);
  else
    queueMicrotask(() => {
      throw error;
    });
}
