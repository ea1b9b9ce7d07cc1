const WORDS =
  `answer backend browser bucket buffer cache candle carpet change channel clock cloud column commit corner
  country cursor decision detail device door editor engine evening event example factor field figure filter forest frame garden
  harbour history house index island journey kettle kitchen ladder language letter library machine market measure memory message
  meadow minute mirror model morning mountain needle network number office orchard paper pattern pencil people picture pocket
  problem process product question reader reason record request result river sample season server shadow signal sketch station
  stream street summer system table thread ticket token trouble valley village visitor voice water weather window winter writer`
    .trim()
    .split(/\s+/);
const VERBS =
  `asks becomes carries closes comes follows gives goes grows holds keeps leaves needs opens reads sends shows stays takes
  tells turns waits writes`.split(/\s+/);
const SMALL =
  `a about after and as at before but by each every for from in into like near of on or over so than that the their this
  through to under until when where which with without`.split(/\s+/);
const LANGUAGES = ['js', 'python', 'sh', 'css', 'rust'];

/** The last word of every answer: the probe looks for it. */
export const LAST_WORD = 'quillfinch';

/** A small generator of numbers from 0 to 1 with a fixed seed (mulberry32): every run reads the same text. */
function randomNumbers(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let value = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

/** Writes prose and the blocks of an answer as a model does, out of ordinary words. */
class Author {
  #random;

  constructor(seed) {
    this.#random = randomNumbers(seed);
  }

  number = (from, to) => from + Math.floor(this.#random() * (to - from + 1));
  pick = (list) => list[this.number(0, list.length - 1)];
  chance = (share) => this.#random() < share;
  times = (count, make) => Array.from({ length: count }, (_, index) => make(index));

  words(count) {
    return this.times(count, (index) =>
      this.pick(index % 3 === 0 ? SMALL : index % 3 === 1 ? WORDS : VERBS),
    ).join(' ');
  }

  /** A few words, sometimes marked up. */
  phrase() {
    const words = this.words(this.number(2, 6));
    const mark = this.#random();
    if (mark < 0.08) return `**${words}**`;
    if (mark < 0.13) return `*${words}*`;
    if (mark < 0.2) return `\`${this.pick(WORDS)}.${this.pick(VERBS)}()\``;
    if (mark < 0.23) return `[${words}](https://example.com/${this.pick(WORDS)}/${this.number(1, 999)})`;
    return words;
  }

  sentence() {
    const text = this.times(this.number(2, 5), () => this.phrase()).join(this.chance(0.3) ? ', ' : ' ');
    return `${text.replace(/^[a-z]/, (letter) => letter.toUpperCase())}.`;
  }

  paragraph() {
    return this.times(this.number(2, 5), () => this.sentence()).join(' ');
  }

  heading() {
    return `${'#'.repeat(this.number(2, 4))} ${this.sentence().replace(/[.*`]/g, '')}`;
  }

  list() {
    const ordered = this.chance(0.4);
    return this.times(this.number(3, 8), (index) => {
      const item = `${ordered ? `${index + 1}.` : '-'} ${this.sentence()}`;
      return this.chance(0.15) ? `${item}\n   - ${this.sentence()}\n   - ${this.sentence()}` : item;
    }).join('\n');
  }

  table() {
    const columns = this.number(2, 4);
    const row = (make) => `| ${this.times(columns, make).join(' | ')} |`;
    return [
      row(() => this.pick(WORDS)),
      row((index) => (index === 0 ? '---' : this.pick(['---', ':---:', '---:']))),
      ...this.times(this.number(3, 9), () => row(() => this.words(this.number(1, 4)))),
    ].join('\n');
  }

  code() {
    const lines = this.times(this.number(4, 30), () => {
      const indent = '  '.repeat(this.number(0, 3));
      return `${indent}const ${this.pick(WORDS)} = ${this.pick(WORDS)}.${this.pick(VERBS)}(${this.number(0, 99)}, '${this.words(2)}');`;
    });
    return ['```' + this.pick(LANGUAGES), ...lines, '```'].join('\n');
  }

  quote() {
    return `> ${this.paragraph()}`;
  }

  block() {
    const kind = this.#random();
    if (kind < 0.5) return this.paragraph();
    if (kind < 0.62) return this.heading();
    if (kind < 0.8) return this.list();
    if (kind < 0.88) return this.code();
    if (kind < 0.95) return this.table();
    return this.quote();
  }
}

/**
 * An answer in Markdown: a longer one begins as a shorter one does.
 * @param {number} length characters
 * @returns {string} ends with {@link LAST_WORD}
 */
export function answer(length) {
  const author = new Author(4);
  const end = `\n\nThat was all of it: ${LAST_WORD}`;
  let text = '## What was asked';
  while (text.length < length - end.length) text += `\n\n${author.block()}`;
  return cutAtWord(text, length - end.length) + end;
}

/** A fence left open would swallow the end. */
function cutAtWord(text, length) {
  const cut = text.slice(0, length).replace(/\S*$/, '');
  const open = (cut.match(/^```/gm) ?? []).length % 2 === 1;
  return (open ? cut.slice(0, cut.lastIndexOf('```')) : cut).trimEnd();
}

/** Characters of a token, as the usual tokenizers have it for English. */
export const TOKEN = 4;

/**
 * A text in pieces of so many tokens.
 * @param {string} text
 * @param {number} tokens
 * @returns {string[]}
 */
export function pieces(text, tokens) {
  const size = tokens * TOKEN;
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}
