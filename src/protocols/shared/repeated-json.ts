import { parseJSON } from './fields.js';

/**
 * Reads JSON that is from event to event the same but for one string, as the chunks of an answer are, without parsing all
 * of it each time.
 */
export class RepeatedJSON {
  readonly #key: string;
  #before: string | undefined;
  #after = '';

  /** `key` names the string. */
  constructor(key: string) {
    this.#key = `"${key}"`;
  }

  /** Remembers an object that holds a string under the key, if it is plain where that begins and ends. */
  learn(json: string): void {
    const at = json.indexOf(this.#key);
    // Without a backslash each string stands there as it is: the key where it is seen, its value between the next two quotes.
    if (json.includes('\\') || at !== json.lastIndexOf(this.#key)) return;
    const start = json.indexOf('"', at + this.#key.length) + 1;
    this.#before = json.slice(0, start);
    this.#after = json.slice(json.indexOf('"', start));
  }

  /**
   * The string, where all else is as in what was learnt. JSON is read from left to right, and a string has no bearing on what
   * stands around it: the same text around another whole string is the same value with that string.
   */
  read(json: string): string | undefined {
    const before = this.#before;
    if (before === undefined || !json.startsWith(before) || !json.endsWith(this.#after)) return undefined;
    const end = json.length - this.#after.length;
    // The quote that opens the string may not be the one that closes it.
    if (end < before.length) return undefined;
    const text = json.slice(before.length, end);
    return /["\\\p{Cc}]/u.test(text) ? wholeString(`"${text}"`) : text;
  }
}

/** What begins and ends with a quote is a string, or no JSON at all. */
const wholeString = (json: string): string | undefined => parseJSON(json) as string | undefined;
