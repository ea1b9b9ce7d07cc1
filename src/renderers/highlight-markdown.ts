import type { StreamParser, StringStream } from '@codemirror/streamparser';

interface State {
  /** The marks that opened a fenced block. */
  fence: string;
}

const marks: readonly (readonly [pattern: RegExp, kind: string])[] = [
  [/^#{1,6}(?= |$).*/, 'heading'],
  [/^(?:[-*_] *){3,}$/, 'meta'],
  [/^(?:[-*+]|\d{1,9}[.)])(?= )/, 'keyword'],
  [/^>/, 'keyword'],
];

const inline: readonly (readonly [pattern: RegExp, kind: string])[] = [
  [/^(`+)(?!`).*?[^`]\1(?!`)/, 'string'],
  [/^!?\[[^\]]{0,200}\](?=\()/, 'def'],
  [/^\([^ )]{1,500}\)/, 'string'],
  [/^(\*\*|__)(?=\S).{1,500}?\1/, 'keyword'],
  [/^<!--.*?-->/, 'comment'],
];

/** The marks of Markdown, which CodeMirror has no small grammar for. */
export const markdown: StreamParser<State> = {
  name: 'markdown',
  startState: () => ({ fence: '' }),
  token(stream, state) {
    if (stream.sol()) {
      stream.eatSpace();
      const fence = /^(?:`{3,}|~{3,})/.exec(stream.string.slice(stream.pos))?.[0] ?? '';
      if (state.fence || fence) return fenced(stream, state, fence);
    }
    const start = /^\s*$/.test(stream.string.slice(0, stream.pos)) ? marks : [];
    for (const [pattern, kind] of [...start, ...inline]) if (stream.match(pattern)) return kind;
    stream.next();
    stream.eatWhile(/[^`![(*_<]/);
    return null;
  },
};

function fenced(stream: StringStream, state: State, fence: string): string | null {
  const marks = stream.pos;
  stream.skipToEnd();
  if (!state.fence) state.fence = fence;
  else if (fence.startsWith(state.fence) && stream.string.slice(marks).trimEnd() === fence) state.fence = '';
  else return null;
  return 'meta';
}
