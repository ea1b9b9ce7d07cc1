/**
 * Keeps back the start of a line `error: …` until the line is whole. The parser drops what can become no field as soon
 * as a chunk ends inside it, and with it the error that some servers write so.
 */
export class ErrorLines {
  #held = '';
  /** Whether what was let through ended inside a line. */
  #inside = false;

  /** How many characters are kept back. */
  get size(): number {
    return this.#held.length;
  }

  /** What may go to the parser now. */
  feed(chunk: string): string {
    const line = chunk.lastIndexOf('\n') + 1;
    // Looked for behind the last line feed alone: most streams have none in all of their text.
    const ends = line + chunk.slice(line).lastIndexOf('\r') + 1;
    // Not joined and searched again for every chunk: a long line in many pieces costs no more than in one.
    if (this.#held.length >= name.length && !ends) {
      this.#held += chunk;
      return '';
    }
    const text = this.#held + chunk;
    const start = ends && this.#held.length + ends;
    const tail = text.slice(start);
    const holds = (start > 0 || !this.#inside) && tail !== '' && name.startsWith(tail.slice(0, name.length));
    this.#held = holds ? tail : '';
    if (text) this.#inside = !holds && tail !== '';
    return holds ? text.slice(0, start) : text;
  }

  /** What is left when the body ends. */
  end(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }
}

const name = 'error:';
