/**
 * A place in a line. White space at the start of blocks counts in columns, and a tab reaches to the next multiple of four,
 * of which a block may take a part (CommonMark 0.31, section 2.2).
 */
export class Line {
  readonly #text: string;
  #at = 0;
  #column = 0;
  /** Columns of a tab that is taken in part. */
  #spare = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Columns of white space ahead. */
  get indent(): number {
    let columns = this.#spare;
    for (let at = this.#at; ; at++) {
      if (this.#text[at] === ' ') columns++;
      else if (this.#text[at] === '\t') columns += 4 - ((this.#column + columns) % 4);
      else return columns;
    }
  }

  get blank(): boolean {
    return !this.content;
  }

  /** What is left, without white space at its start. */
  get content(): string {
    return this.#text.slice(this.#at).trimStart();
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
        else return;
        this.#at++;
      }
      const taken = Math.min(columns, this.#spare);
      this.#spare -= taken;
      this.#column += taken;
      columns -= taken;
    }
  }

  /** Takes `length` characters that are no tabs, behind the white space. */
  take(length: number): void {
    this.skip(this.indent);
    this.#at += length;
    this.#column += length;
  }
}
