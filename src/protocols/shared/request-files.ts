/** The base64 data in a `data:` address; undefined for any other address. */
export function dataOf(url: string): string | undefined {
  const head = /^data:[^,]*;base64,/i.exec(url)?.[0];
  return head && url.slice(head.length);
}

/** Base64 data read as UTF-8 text; undefined if it is none. */
export function textOfData(data: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}
