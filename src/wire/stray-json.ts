/** Longer than any error; past it the search is given up. */
const longest = 64 * 1024;

/**
 * Finds JSON that stands between the events of a stream without any field: so some proxies, and Google, say that an answer
 * broke. To the standard such lines mean nothing, and the parser drops them without a word.
 */
export class StrayJSON {
  #found: string | undefined;
  #atLineStart = true;
  #over = false;

  /** The values that this text completes. */
  feed(text: string): string[] {
    if (this.#over || !text) return [];
    if (this.#found === undefined) {
      const begins = this.#atLineStart && text.startsWith('{');
      this.#atLineStart = endsLine(text);
      // A pattern, which looks at each character, only where there is something to find.
      if (!begins && !text.includes('\n{') && !text.includes('\r{')) return [];
      this.#found = text.slice(begins ? 0 : text.search(/[\n\r]\{/) + 1);
    } else this.#found += text;
    if (this.#found.length > longest) this.#over = true;
    // On one line, or in many of which the last one is the brace alone.
    const end = /^\{.*\}(?=[\r\n]|$)|[\n\r]\}(?=[\r\n]|$)/.exec(this.#found);
    if (!end) return [];
    const value = this.#found.slice(0, end.index + end[0].length);
    if (!isJSON(value)) return [];
    this.#found = undefined;
    this.#atLineStart = endsLine(text);
    return [value];
  }
}

const endsLine = (text: string): boolean => text.endsWith('\n') || text.endsWith('\r');

function isJSON(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
