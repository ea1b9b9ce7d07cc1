const closing = new WeakMap<Response, () => void>();

/** Notes how the connection is closed that an answer came over. */
export function openedBy(response: Response, close: () => void): void {
  closing.set(response, close);
}

/**
 * Closes the connection of an answer that nobody reads any more. To cancel its body is not enough: Firefox keeps the
 * connection then until the next byte comes, which may be never, and has only six of them for one server.
 */
export function leave(response: Response): void {
  closing.get(response)?.();
}
