/** Failures whose `chat-error` a page cancelled: it tells the person itself, so our parts stay quiet. */
export const handledErrors = new WeakSet<object>();
