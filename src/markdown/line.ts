/**
 * A place in a line. White space at the start of blocks counts in columns, and a tab reaches to the next multiple of four,
 * of which a block may take a part (CommonMark 0.31, section 2.2).
 */
export class Line {
  /** Engines forget what they have learned about a class with its last instance, as between two answers. */
  static readonly kept = new Line('');
  readonly #text: string;
  #at = 0;
  #column = 0;
  /** Columns of a tab that is taken in part. */
  #spare = 0;
  /** Columns of white space ahead. */
  indent = 0;
  /** What is left, without white space at its start; empty if the line is blank. */
  content = '';

  constructor(text: string) {
    this.#text = text;
    this.#look();
  }

  /** What is left. */
  get rest(): string {
    return ' '.repeat(this.#spare) + this.#text.slice(this.#at);
  }

  /** Takes white space, `columns` of it at most. */
  skip(columns: number): void {
    while (columns > 0) {
      const character = this.#text[this.#at];
      if (!this.#spare) {
        if (character === ' ') this.#spare = 1;
        else if (character === '\t') this.#spare = 4 - (this.#column % 4);
        else break;
        this.#at++;
      }
      const taken = Math.min(columns, this.#spare);
      this.#spare -= taken;
      this.#column += taken;
      columns -= taken;
    }
    this.#look();
  }

  /** Takes `length` characters that are no tabs, behind the white space. */
  take(length: number): void {
    this.skip(this.indent);
    this.#at += length;
    this.#column += length;
    this.#look();
  }

  /** Finds out what is ahead, which is asked more often than it changes. */
  #look(): void {
    let columns = this.#spare;
    let at = this.#at;
    for (let character; (character = this.#text[at]) === ' ' || character === '\t'; at++)
      columns += character === ' ' ? 1 : 4 - ((this.#column + columns) % 4);
    this.indent = columns;
    this.content = this.#text.slice(at);
  }
}
