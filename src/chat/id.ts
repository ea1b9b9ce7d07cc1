/** An id that is unique on this page and very likely anywhere. `crypto.randomUUID` needs a secure context; this does not. */
export function createId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(36).padStart(2, '0')).join('');
}
