import MiniSearch from 'minisearch';
import type { Passage } from './documents.js';

export interface Library {
  passages: Passage[];
  /** The passages that answer a question best, best first; empty if too little of the question is met. */
  search(question: string): Hit[];
  /** How many different words of the question a text holds. */
  meets(question: string): (text: string) => number;
}

export interface Hit {
  passage: Passage;
  /** Comparable only within one search. */
  score: number;
}

const STOP_WORDS = new Set(
  `a about all also am an and any are as at be been but by can could did do does done for from get give had has have hello
  help her here hi his how i if in into is it its just kind know let like look make me much must my need of on one or our
  please say should show so some tell than thank thanks that the their them then there these they this those to too up us
  use used using want was we were what when where which who why will with work would you your`.split(/\s+/),
);

/** A word as the index knows it: lower case, plural and verb endings off; nothing for words that carry no meaning. */
function stem(word: string): string | null {
  const term = word.toLowerCase().replace(/['’]s$/, '');
  if (term.length < 2 || STOP_WORDS.has(term)) return null;
  return term.length > 4 ? term.replace(/(?<!s)s$/, '').replace(/(ing|ed|e)$/, '') : term;
}

/** The spelling of British English is the project's; people ask in both. */
const words = (text: string): string[] => text.replaceAll(/colour/gi, 'color').split(/[^\p{L}\p{N}_'’]+/u);

const stemsOf = (text: string): string[] =>
  [...new Set(words(text).map(stem))].filter((term) => term !== null);

export function createLibrary(passages: Passage[]): Library {
  const index = new MiniSearch<Passage & { id: number }>({
    fields: ['heading', 'title', 'text'],
    tokenize: words,
    processTerm: stem,
    searchOptions: {
      boost: { heading: 3, title: 1.5 },
      prefix: (term) => term.length > 3,
      // Short words one letter apart are different words.
      fuzzy: (term) => (term.length > 5 ? 0.2 : false),
    },
  });
  index.addAll(passages.map((passage, id) => ({ ...passage, id })));

  return {
    passages,
    search(question) {
      const asked = stemsOf(question).length;
      return index
        .search(question)
        .filter(({ queryTerms }) => new Set(queryTerms).size >= asked / 2)
        .map(({ id, score }) => ({ passage: passages[id as number]!, score }));
    },
    meets(question) {
      const asked = stemsOf(question);
      return (text) => {
        const held = stemsOf(text);
        return asked.filter((term) => held.some((word) => word.startsWith(term))).length;
      };
    },
  };
}
