/** A piece of what a model wrote; `unsaid` is text that was shown and turns out to have been reasoning. */
export interface ThinkPiece {
  readonly kind: 'text' | 'reasoning' | 'unsaid';
  readonly text: string;
}

const close = '</think>';

/** How much of the end of `text` may be the beginning of `tag`, which has no second `<`. */
function partOf(tag: string, text: string): number {
  const at = text.lastIndexOf('<');
  return at >= 0 && tag.length > text.length - at && tag.startsWith(text.slice(at)) ? text.length - at : 0;
}

/**
 * Tells reasoning from text where a model writes it inline, as `<think>…</think>` (DeepSeek R1 and its kin; Gemini's
 * compatible endpoint writes `<thought>`), however its tags are cut. A block opens only before any text, so that an
 * answer about such tags keeps them. Some templates open the block themselves: then a `</think>` on a line of its own
 * makes reasoning of all that came before.
 */
export class ThinkTags {
  /** What is not given out yet: white space at the start, or what may be half a tag. */
  #held = '';
  /** The closing tag that is awaited. */
  #closing: string | undefined;
  /** Only white space was seen since the start or the last block. */
  #fresh = true;
  /** White space is dropped: it stands after a tag. */
  #trims = false;
  /** The text so far, for as long as it may turn out to be reasoning. */
  #shown: string | undefined = '';

  /** What a text is that begins no tag and ends none, the usual one; undefined where it has to be pushed. */
  pass(text: string): 'text' | 'reasoning' | undefined {
    if (this.#held || this.#fresh || this.#trims || text.includes('<')) return undefined;
    if (this.#shown !== undefined) this.#shown += text;
    return this.#closing ? 'reasoning' : 'text';
  }

  push(text: string): ThinkPiece[] {
    const pieces: ThinkPiece[] = [];
    this.#held += text;
    while (!this.#waits()) {
      const tag = this.#closing ?? close;
      const at = this.#held.indexOf(tag);
      this.#give(at < 0 ? this.#held.length - partOf(tag, this.#held) : at, pieces);
      if (at < 0) break;
      if (this.#closing === undefined) {
        // In the midst of a line, or in a block of code, it is what the answer is about.
        const before = this.#shown;
        if (before === undefined || /\S[^\S\n]*$/.test(before) || before.split('```').length % 2 === 0) {
          this.#give(tag.length, pieces);
          continue;
        }
        pieces.push({ kind: 'unsaid', text: before });
        this.keepText();
      }
      this.#held = this.#held.slice(tag.length);
      this.#closing = undefined;
      this.#fresh = this.#trims = true;
    }
    return pieces;
  }

  /** What is still held back; a block may open again after it. */
  flush(): ThinkPiece[] {
    const pieces: ThinkPiece[] = [];
    this.#give(this.#held.length, pieces);
    this.#fresh = this.#closing === undefined;
    return pieces;
  }

  /** The backend tells reasoning apart by itself: text stays text. */
  keepText(): void {
    this.#shown = undefined;
  }

  /** Opens a block if one begins here; true while that cannot be told. */
  #waits(): boolean {
    if (!this.#fresh) return false;
    const [whole = '', name] = /^\s*<(think|thinking|thought)>/.exec(this.#held) ?? [];
    // White space, or what may be the first half of an opening tag.
    this.#fresh = /^\s*(<[a-z]{0,8})?$/.test(this.#held);
    if (!name) return this.#fresh;
    this.#closing = `</${name}>`;
    this.keepText();
    this.#held = this.#held.slice(whole.length);
    this.#trims = true;
    return false;
  }

  #give(size: number, pieces: ThinkPiece[]): void {
    const piece = this.#held.slice(0, size);
    this.#held = this.#held.slice(size);
    const text = this.#trims ? piece.trimStart() : piece;
    if (!text) return;
    this.#trims = false;
    if (this.#shown !== undefined) this.#shown += text;
    pieces.push({ kind: this.#closing ? 'reasoning' : 'text', text });
  }
}
