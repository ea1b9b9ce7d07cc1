import { mayBecomeMail, schemeOf, trimAddress } from './autolinks.js';
import { unescape } from './characters.js';
import { Emphasis, type Marks, runAt } from './emphasis.js';
import { codeOf } from './hidden.js';
import { anchor, formula, imageOf, withoutLinks } from './inline-elements.js';
import { type Bracket, LABEL, TAIL, type Target, targetOf } from './links.js';
import { type Inline, type InlineElement, type Tag, inlineElement } from './nodes.js';
import { type InlineContent, type Surroundings } from './surroundings.js';
import { MAX_UNFINISHED, OPEN_MATH, TOKEN, UNCLEAR, UNFINISHED, withoutUnfinished } from './tokens.js';

/**
 * Reads inline Markdown from an offset on (CommonMark 0.31, chapter 6), in time linear in what is left. With `open`, the
 * text goes on: what is open at its end is shown as if it were closed there.
 */
export function readInline(
  source: string,
  offset: number,
  open: boolean,
  surroundings: Surroundings,
): InlineContent {
  return new InlineReader(source, offset, open, surroundings).read();
}

class InlineReader {
  /** As in `Line`. */
  static readonly kept = new InlineReader('', 0, false, undefined!);
  readonly #text: string;
  readonly #open: boolean;
  readonly #surroundings: Surroundings;
  readonly #emphasis = new Emphasis();
  /** What stands behind an open bracket: its link decides first what marks in it belong to. */
  #waiting: (Inline | Marks)[] = [];
  #brackets: Bracket[] = [];
  #at: number;
  /** How many items are settled, and where the text behind them starts. */
  #settled = 0;
  #offset: number;
  /** What comes can still change what is read from here on. */
  #guessing = false;
  /** The same, up to the end of the line. */
  #guessingLine = false;
  #last: Inline | Marks = '';

  constructor(source: string, offset: number, open: boolean, surroundings: Surroundings) {
    this.#text = open ? withoutUnfinished(source) : source;
    this.#at = this.#offset = offset;
    this.#open = open;
    this.#surroundings = surroundings;
  }

  read(): InlineContent {
    for (let match; (match = this.#next());) this.#take(match);
    const bracket = this.#brackets.find(
      ({ start, active }) => active && this.#text.length - start < MAX_UNFINISHED,
    );
    if (this.#open && bracket) this.#link(bracket, undefined);
    this.#release();
    this.#emphasis.end(this.#open);
    return {
      settled: this.#emphasis.content(0, this.#settled),
      open: this.#emphasis.content(this.#settled),
      offset: this.#offset,
    };
  }

  /** Takes the text up to the next token, and finds that. */
  #next(): RegExpExecArray | null {
    if (this.#at >= this.#text.length) return null;
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.#text);
    if (match) {
      const before = this.#text.slice(this.#at, match.index);
      this.#guess(before);
      this.#at = TOKEN.lastIndex;
      if (/^\\?\n/.test(match[0])) this.#lineBreak(before, match[0][0] === '\\');
      else if (before) this.#add(before);
    } else this.#addLast();
    return match;
  }

  /** Takes the text at the end: up to its last space it is settled, because no token holds one. */
  #addLast(): void {
    const rest = this.#text.slice(this.#at);
    const unclear = rest.search(UNCLEAR);
    const space = rest.lastIndexOf(' ', unclear < 0 ? Infinity : unclear);
    if (space > 0 && rest[space - 1] !== ' ') {
      this.#add(rest.slice(0, space));
      this.#settle(this.#at + space);
      this.#add(rest.slice(space));
    } else this.#add(rest);
    this.#at = this.#text.length;
  }

  /** Looks whether text holds what may still become a part of a tag or a formula. */
  #guess(text: string): void {
    for (const unclear of (this.#open && text.match(UNCLEAR)) || []) {
      if (unclear === '$') this.#guessingLine = true;
      else this.#guessing = true;
    }
  }

  #take(match: RegExpExecArray): void {
    const token = match[0];
    const first = token[0]!;
    if (first === '`') this.#code(token, match[2]);
    else if (first === '*' || first === '_' || first === '~')
      this.#add(runAt(this.#text, match.index, this.#at));
    else if (first === ']') this.#closeBracket();
    else if (first === '[' || first === '!') this.#openBracket(token);
    else if (first !== '\n') this.#takeOther(match);
    if (typeof this.#last !== 'string') this.#settle(this.#at);
  }

  #takeOther(match: RegExpExecArray): void {
    const [token, , , math2, math1, math3, math4, autolink, slash, tag, bare] = match;
    const tex = math2 ?? math1 ?? math3 ?? math4;
    if (tex !== undefined) this.#math(token, tex, (math2 ?? math4) !== undefined);
    else if (autolink) this.#add(this.#autolink(autolink) ?? token);
    else if (tag) this.#tag(token, tag.toLowerCase() as Tag, !!slash);
    else if (token[0] === '<') this.#add(inlineElement('br', []));
    else if (bare) this.#bareAddress(bare, match.index);
    else if (token[1] !== '\n') this.#escape(token, match.index);
  }

  #add(item: Inline | Marks): void {
    this.#last = item;
    if (this.#brackets.length) this.#waiting.push(item);
    else this.#emphasis.add(item);
  }

  /** Hands over what waited for a bracket that is none, or is closed. */
  #release(): void {
    for (const item of this.#waiting) this.#emphasis.add(item);
    this.#waiting = [];
  }

  /** Remembers that nothing before an offset can change, if nothing is open there. */
  #settle(offset: number): void {
    if (this.#guessing || this.#guessingLine || this.#brackets.length || !this.#emphasis.settled) return;
    // An underscore in a last word settles nothing.
    if (this.#open && mayBecomeMail(this.#text, offset - 1)) return;
    this.#settled = this.#emphasis.length;
    this.#offset = offset;
  }

  #code(token: string, code: string | undefined): void {
    let content = code;
    if (content === undefined && this.#open) {
      this.#guessing = true;
      content = this.#text.slice(this.#at);
      this.#at = this.#text.length;
    }
    const line = content?.replaceAll('\n', ' ');
    if (!line) return this.#add(token);
    this.#add(inlineElement('code', codeOf(line.replace(/^ (.*[^ ].*) $/, '$1'))));
  }

  #math(token: string, tex: string, display: boolean): void {
    // Escaped brackets around nothing to compute are brackets.
    if (!/[\p{L}\d]/u.test(tex)) {
      const mark = /^\\?.\$?/.exec(token)![0];
      this.#at += mark.length - token.length;
      return this.#add(unescape(mark));
    }
    const made = (element: HTMLElement) => this.#surroundings.math(element, display);
    this.#add({ ...formula(tex, display), key: tex, made });
  }

  /** What an escape stands for; unless it starts a formula that is not finished. */
  #escape(token: string, index: number): void {
    OPEN_MATH.lastIndex = index;
    const math = this.#open && /^(?:\\[([]|\$\$)$/.test(token) ? OPEN_MATH.exec(this.#text) : null;
    if (!math) return this.#add(unescape(token));
    this.#guessing = true;
    this.#at = this.#text.length;
    this.#add(formula(math[1]!, token !== '\\('));
  }

  #tag(token: string, tag: Tag, closes: boolean): void {
    const marks = { mark: tag, length: 1, left: 1, tag, text: token, at: 0 };
    // Summaries and details end with their block at the latest, so the end may stand in another.
    if (closes && tag === 'details') marks.text = '';
    this.#add({ ...marks, opens: !closes, closes });
  }

  #lineBreak(before: string, hard: boolean): void {
    this.#guessingLine = false;
    const line = before.replace(/[ \t]+$/, '');
    if (line) this.#add(line);
    this.#add(hard || before.endsWith('  ') ? inlineElement('br', []) : '\n');
  }

  #openBracket(token: string): void {
    this.#brackets.push({ image: token[0] === '!', at: this.#waiting.length, start: this.#at, active: true });
    this.#add(token);
  }

  #closeBracket(): void {
    const bracket = this.#brackets.pop();
    if (!bracket) return this.#add(']');
    const target = bracket.active && this.#targetAfter(bracket);
    if (target === false) {
      this.#waiting.push(']');
      this.#last = ']';
    } else this.#link(bracket, target);
    if (!this.#brackets.length) this.#release();
  }

  /** Reads what follows a bracket's `]`, or looks up what its text refers to; undefined while that is open. */
  #targetAfter({ start }: Bracket): Target | InlineElement | undefined | false {
    const tail = this.#match(TAIL);
    if (tail) return targetOf(tail);
    const end = this.#at;
    const own = this.#text.slice(start, end - 1);
    const unfinished = this.#open && this.#match(UNFINISHED);
    this.#guessing ||= !!unfinished || (this.#open && this.#text[end] === '(');
    // What looks like a footnote is no link in all likelihood.
    if (unfinished && own[0] !== '^') return undefined;
    this.#at = end;
    const full = this.#match(LABEL);
    const label = full?.[1] || own;
    // A label holds no other bracket.
    const target = /(?<!\\)(?:\\\\)*\[/.test(label) ? undefined : this.#surroundings.find(label);
    if (target) return target;
    this.#at = end;
    const mark = own[0] === '^' ? this.#surroundings.footnote(own.slice(1)) : undefined;
    return mark ?? false;
  }

  /** Makes what follows the bracket a link, an image or a footnote's mark. */
  #link({ image, at }: Bracket, target: Target | InlineElement | undefined): void {
    const [, ...inner] = this.#waiting.splice(at);
    if (target && 'tag' in target) {
      // An exclamation mark before a footnote is one.
      if (image) this.#waiting.push('!');
      return this.#place(target);
    }
    const emphasis = new Emphasis();
    for (const item of inner) emphasis.add(item);
    emphasis.end(!target);
    const children = emphasis.content();
    const url = target && this.#surroundings.url(target.destination);
    if (image) return this.#place(imageOf(children, url, this.#surroundings.address));
    for (const outer of this.#brackets) outer.active &&= outer.image;
    const plain = children.map(withoutLinks).flat();
    if (url !== undefined) this.#place(anchor(url, plain, target!.title, this.#surroundings.address));
    else if (!target) this.#place(inlineElement('span', plain, { class: 'link' }));
    else for (const child of children) this.#place(child);
  }

  #place(item: Inline): void {
    this.#last = item;
    this.#waiting.push(item);
  }

  #autolink(address: string): InlineElement | undefined {
    const url = this.#surroundings.url(schemeOf(address) + address);
    return url === undefined ? undefined : anchor(url, [address], '', this.#surroundings.address);
  }

  /** An address without brackets; one at the end of open text may go on, and what looks like another in it is none. */
  #bareAddress(found: string, index: number): void {
    // In brackets it ends with them.
    const whole = this.#brackets.length ? /^(?:[^[\]]|\[[^[\]]*\])*/.exec(found)![0] : found;
    this.#guessing ||= this.#open && /^[\w.+-]*$/.test(this.#text.slice(this.#at));
    const address = this.#guessing ? undefined : trimAddress(whole);
    const link = address && this.#autolink(address);
    if (!link) {
      this.#at = index + 1;
      this.#add(found[0]!);
      // The rest may hold other tokens, but no address.
      const rest = /^[\w:/.@+-]*/.exec(found.slice(1))![0];
      this.#at += rest.length;
      if (rest) this.#add(rest);
      return;
    }
    this.#at = index + address.length;
    this.#add(link);
  }

  /** Matches from here on and goes behind the match. */
  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at = pattern.lastIndex;
    return match;
  }
}
