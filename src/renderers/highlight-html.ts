import { css } from '@codemirror/legacy-modes/mode/css';
import { javascript } from '@codemirror/legacy-modes/mode/javascript';
import { html as markup } from '@codemirror/legacy-modes/mode/xml';
import type { StreamParser, StringStream } from '@codemirror/streamparser';

const inside: Readonly<Record<string, StreamParser<unknown>>> = { script: javascript, style: css };
const closing = /<\/(?:script|style)\b/i;

interface State {
  readonly markup: unknown;
  /** The name of the tag that is open, `<…`. */
  tag: string;
  /** What is between `<script>` or `<style>` and its end. */
  inner?: { readonly grammar: StreamParser<unknown>; readonly state: unknown };
}

/** HTML with its scripts and styles in their own languages. */
export const html: StreamParser<State> = {
  name: 'html',
  startState: (indentUnit) => ({ markup: markup.startState!(indentUnit), tag: '' }),
  token(stream, state) {
    if (!state.inner) return markupToken(stream, state);
    if (atClosing(stream)) {
      state.inner = undefined;
      return markupToken(stream, state);
    }
    const kind = state.inner.grammar.token(stream, state.inner.state);
    const index = stream.current().search(closing);
    if (index >= 0) stream.backUp(stream.current().length - index);
    return kind;
  },
  blankLine(state, indentUnit) {
    const { grammar, state: inner } = state.inner ?? { grammar: markup, state: state.markup };
    grammar.blankLine?.(inner, indentUnit);
  },
};

const atClosing = (stream: StringStream): boolean =>
  stream.string.startsWith('</', stream.pos) &&
  stream.string.slice(stream.pos, stream.pos + 9).search(closing) === 0;

function markupToken(stream: StringStream, state: State): string | null {
  const kind = markup.token(stream, state.markup);
  const text = stream.current();
  if (text === '<' || text === '</' || text === '/>') state.tag = '';
  else if (kind === 'tag') state.tag = stream.string[stream.start - 1] === '<' ? text.toLowerCase() : '';
  else if (text === '>') enter(state);
  return kind;
}

function enter(state: State): void {
  const grammar = Object.hasOwn(inside, state.tag) ? inside[state.tag] : undefined;
  if (grammar) state.inner = { grammar, state: grammar.startState!(2) };
  state.tag = '';
}
