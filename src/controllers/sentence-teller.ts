import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The least time between two announcements, in milliseconds. */
const pause = 5000;
/** The most that is said at once, in characters. */
const most = 200;
/** What makes no sense aloud, or is no text of the answer. */
const unspoken = 'pre, table, math, .math, button';
const blocks = 'p, li, h1, h2, h3, h4, h5, h6';
const sentenceEnd = /(?:[.!?…。！？]["'”’»)\]]*(?=\s)|\n)/g;

/**
 * Says now and then what an answer has come to: whole sentences, the newest ones. An answer is read quicker than it is
 * spoken; all of it is in the list.
 */
export class SentenceTeller implements ReactiveController {
  readonly #say: (words: string) => void;
  #answer: Element | undefined;
  /** How much of the answer is said or passed over, in characters. */
  #done = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, say: (words: string) => void) {
    this.#say = say;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.follow(undefined);
  }

  /** Follows an answer while it grows; undefined when none does. Looks at it only when it is time. */
  follow(answer: Element | undefined): void {
    if (answer === this.#answer) return;
    this.#answer = answer;
    this.#done = 0;
    clearTimeout(this.#timer);
    if (answer) this.#timer = setTimeout(() => this.#onTime(answer), pause);
  }

  #onTime(answer: Element): void {
    this.#timer = setTimeout(() => this.#onTime(answer), pause);
    const text = textIn(answer);
    const end = [...text.matchAll(sentenceEnd)].at(-1);
    const whole = end ? end.index + end[0].length : 0;
    if (whole <= this.#done) return;
    const words = newest(text.slice(this.#done, whole));
    this.#done = whole;
    if (words) this.#say(words);
  }
}

/** As many of the last sentences as may be said; a single one that is too long is cut. */
function newest(text: string): string {
  if (text.trim().length <= most) return text.replace(/\s+/g, ' ').trim();
  const late = text.slice(-most - 1);
  const start = late.search(sentenceEnd);
  const rest = start < 0 ? '' : late.slice(start + 1).replace(/^["'”’»)\]]+/, '');
  // The end that was found may be that of the last sentence.
  return (rest.trim() || `… ${late.slice(late.indexOf(' ') + 1)}`).replace(/\s+/g, ' ').trim();
}

/** The text of an answer as it is drawn, without markup; a block ends with a line. */
function textIn(answer: Element): string {
  let text = '';
  for (const { shadowRoot } of answer.shadowRoot!.querySelectorAll('.answer > chat-stream-markdown')) {
    let block: Element | null | undefined;
    const walker = document.createTreeWalker(shadowRoot!, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (!parent || parent.closest(unspoken)) continue;
      const next = parent.closest(blocks);
      if (block && next !== block) text += '\n';
      block = next;
      text += walker.currentNode.nodeValue;
    }
    text += ' ';
  }
  return text;
}
