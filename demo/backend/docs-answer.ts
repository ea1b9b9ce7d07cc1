import { posix } from 'node:path';
import { suggestions } from '../page/options.js';
import type { Answer, AnswerContext, Question, Source } from './answer.js';
import type { Passage } from './documents.js';
import { excerpt, linkList, literal, portable } from './excerpt.js';
import { pause, tokenize, typeOut } from './pace.js';
import type { Hit, Library } from './search.js';

/** Characters to quote of the best passage, and of one that is about as good. */
const QUOTE = { first: 1100, second: 500 };

/** Answers from the project's own documentation, without any model: search, say so, quote the best passages. */
export function answerFromDocs(library: () => Promise<Library>) {
  return async function* (question: Question, context: AnswerContext): Answer {
    const query = question.text.trim();
    // Steps take about as long as a few tokens, so that a person can read them.
    const step = () => pause(12, context);

    yield { type: 'progress', text: `Searching “${shorten(query)}”`, icon: 'search', percent: 10 };
    const call = { id: 'call-1', name: 'search_docs' };
    yield { type: 'tool-call', ...call, input: { query } };
    const { search, meets } = await library();
    const hits = search(query);
    const sources = hits.slice(0, 5).map(({ passage }) => toSource(passage, context.origin));
    await step();
    yield { type: 'tool-result', ...call, output: { hits: sources } };

    const pages = new Set(hits.slice(0, 5).map(({ passage }) => passage.file)).size;
    if (pages) {
      yield {
        type: 'progress',
        text: `Reading ${pages} ${pages === 1 ? 'page' : 'pages'}`,
        icon: 'sparkle',
        percent: 45,
      };
      await step();
    }
    yield { type: 'progress', text: 'Preparing an answer', icon: 'bolt', percent: 80 };
    await step();

    const quoted = pickQuotes(hits);
    const text = hits.length ? compose(quoted, sources, meets(query), context.origin) : nothingFound(query);
    yield* typeOut(text, context);
    if (context.signal.aborted) return;
    if (quoted.length) yield { type: 'sources', sources: sources.slice(0, quoted.length) };
    yield { type: 'done', usage: { input: tokenize(query).length, output: tokenize(text).length } };
  };
}

/** The best passage, and a second one where it is nearly as good. */
function pickQuotes(hits: Hit[]): Passage[] {
  const [first, second] = hits;
  if (!first) return [];
  return second && second.score > first.score * 0.6 ? [first.passage, second.passage] : [first.passage];
}

function compose(
  quoted: Passage[],
  sources: Source[],
  meets: (text: string) => number,
  origin: string,
): string {
  // Bold and no heading: an answer does not know on which level of the page it is shown.
  const quotes = quoted.map((passage, index) => {
    const text = excerpt(
      portable(passage.text, absolute(passage, origin)),
      index ? QUOTE.second : QUOTE.first,
      meets,
    );
    return index ? `**${literal(passage.heading)}**\n\n${text}` : text;
  });
  const found = quoted.map((passage) => `**${literal(nameOf(passage))}**`).join(' and ');
  const further = sources.slice(quoted.length);
  return [
    `The documentation says this in ${found}.`,
    ...quotes,
    ...(further.length ? [linkList('Further reading', further)] : []),
  ].join('\n\n');
}

function nothingFound(query: string): string {
  const others = suggestions.filter((suggestion) => suggestion !== query);
  const list = others.map((suggestion) => `- ${suggestion}`).join('\n');
  return (
    `I found nothing about “${literal(shorten(query))}” in the documentation of this project, and it is all I know: ` +
    `there is no language model behind this demo.\n\nYou could ask:\n\n${list}`
  );
}

const nameOf = ({ title, heading }: Passage): string => (title === heading ? title : `${title} › ${heading}`);

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text);

/** Where this server shows a document: `/docs/README.md`, `/docs/theming.md`. */
export const pagePath = (file: string): string => `/docs/${file.replace(/^docs\//, '')}`;

function toSource(passage: Passage, origin: string): Source {
  const { href } = new URL(
    `${encodeURI(pagePath(passage.file))}#${encodeURIComponent(passage.slug)}`,
    origin,
  );
  return { title: nameOf(passage), url: href };
}

/** Relative links to documents lead to this server's page for them; other files have none, and stay text. */
export function absolute({ file }: Passage, origin: string): (href: string) => string {
  return (href) => {
    if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(href)) return href;
    if (href.startsWith('#')) return new URL(pagePath(file) + href, origin).href;
    if (!/\.md(#|$)/.test(href)) return href;
    return new URL(pagePath(posix.join(posix.dirname(file), href)), origin).href;
  };
}
