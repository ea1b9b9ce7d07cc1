import { StringStream } from '@codemirror/streamparser';

import type { Grammar } from './highlight-languages.js';

/** Characters after which a line stays plain: a grammar looks ahead to the end of a line at every token. */
const longest = 2000;
/** Grammars go over such gaps again and again: a line of 2,000 spaces takes the one for YAML seconds. */
const gap = /\s{100}/;
/** Empty tokens in a row after which a grammar hangs, and a character is left out; CodeMirror's own limit. */
const patience = 10;
/** Columns of a tab and of one level of indentation, which some grammars count in. */
const indent = 2;

/** What a grammar's names for tokens look like. A name that is missing here is plain: most of a code is. */
const classes: Readonly<Record<string, string>> = {
  keyword: 'k',
  self: 'k',
  tag: 'k',
  string: 's',
  comment: 'c',
  number: 'n',
  atom: 'n',
  constant: 'n',
  def: 'f',
  definition: 'f',
  function: 'f',
  macroName: 'f',
  heading: 'f',
  type: 't',
  typeName: 't',
  className: 't',
  builtin: 't',
  standard: 't',
  qualifier: 't',
  meta: 't',
  inserted: 'i',
  deleted: 'd',
};

/** Where a grammar's own names would look wrong. */
const exceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // A key is an atom, every colon and dash is meta.
  yaml: { atom: 'f', meta: '' },
  json: { property: 'f' },
  rust: { atom: 't', builtin: 'n' },
  properties: { def: 'f', quote: 's' },
};

/** Makes coloured elements of code, line by line, and remembers what is open between lines. */
export class LineWriter {
  readonly #grammar: Grammar;
  readonly #classes: Readonly<Record<string, string>>;
  readonly #state: unknown;

  constructor(grammar: Grammar) {
    this.#grammar = grammar;
    this.#classes = { ...classes, ...exceptions[grammar.name ?? ''] };
    this.#state = grammar.startState ? grammar.startState(indent) : true;
  }

  /**
   * Appends a line, its end included, to `parent`: the same text, with a `span` around what has a colour. Throws where
   * the grammar fails; nothing is appended then.
   */
  write(line: string, parent: Node): void {
    const text = line.endsWith('\n') ? line.slice(0, -1) : line;
    const shown = document.createDocumentFragment();
    let name = '';
    let from = 0;
    const put = (to: number): void => {
      if (to <= from) return;
      const piece = line.slice(from, to);
      shown.append(name ? coloured(name, piece) : piece);
      from = to;
    };
    for (const [next, start] of this.#tokens(text)) {
      if (next === name) continue;
      put(start);
      name = next;
    }
    put(name ? text.length : line.length);
    name = '';
    put(line.length);
    parent.appendChild(shown);
  }

  /** The tokens of a line, each as its class, or nothing, and the index where it starts. */
  *#tokens(text: string): Generator<readonly [name: string, start: number]> {
    if (text.length > longest || gap.test(text)) return;
    if (!text) return this.#grammar.blankLine?.(this.#state, indent);
    const stream = new StringStream(text, indent, indent);
    for (let stuck = 0; !stream.eol();) {
      stream.start = stream.pos;
      const kind = this.#grammar.token(stream, this.#state);
      const goesOn = stream.pos > stream.start;
      stuck = goesOn ? 0 : stuck + 1;
      if (goesOn) yield [this.#classOf(kind), stream.start];
      else if (stuck > patience) {
        stream.next();
        yield ['', stream.start];
      }
    }
  }

  /** A grammar says `string`, `string.special`, `variableName.definition` or, as JSON does, `string property`. */
  #classOf(kind: string | null | undefined): string {
    let found = '';
    for (const word of kind?.split(/[ .]/) ?? []) found = this.#classes[word] ?? found;
    return found;
  }
}

function coloured(name: string, text: string): HTMLElement {
  const span = document.createElement('span');
  span.className = name;
  span.textContent = text;
  return span;
}
