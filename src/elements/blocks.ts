import type { Strings } from '../controllers/strings.js';
import type { Block, BlockRenderers } from '../markdown/index.js';
import type { WordedView } from '../renderers/view.js';
import { codeBlock } from './code-block.js';
import { tableTools } from './table-block.js';

type Renderer = (block: Block, words: () => Strings) => WordedView | undefined | void;

/** Our own renderers. Each is fetched with the first block it takes; until then, and where it cannot be fetched, text stays. */
const own: Readonly<Record<string, Renderer>> = {
  code: lazily(async () => (await import('../renderers/highlight.js')).highlight),
  math: lazily(async () => (await import('../renderers/math.js')).math),
  mermaid: lazily(async () => (await import('../renderers/mermaid.js')).mermaid),
  csv: lazily(async () => (await import('../renderers/data.js')).csv),
  tsv: lazily(async () => (await import('../renderers/data.js')).tsv),
};
/** What stands for a kind of block is no language: a fence may have any. */
const kinds = ['math', 'table'];

/** Gives a block what surrounds it, and the renderer that takes it: the page's, or ours. */
export function blockView(block: Block, renderers: BlockRenderers, words: () => Strings): WordedView {
  const views = [
    block.kind === 'code' ? codeBlock(block, words) : undefined,
    block.kind === 'table' ? tableTools(block, words) : undefined,
    rendererOf(block, renderers)?.(block, words) ?? undefined,
  ].filter((view) => view !== undefined);
  return {
    lines: views.some((view) => view.lines)
      ? (node) => views.forEach((view) => view.lines?.(node))
      : undefined,
    end: () => views.forEach((view) => view.end?.()),
    reword: () => views.forEach((view) => view.reword?.()),
  };
}

function rendererOf({ kind, language }: Block, renderers: BlockRenderers): Renderer | null | undefined {
  const names = kind === 'code' ? [language, 'code'].filter((name) => !kinds.includes(name)) : [kind];
  for (const name of names) {
    if (Object.hasOwn(renderers, name)) return renderers[name];
    if (Object.hasOwn(own, name)) return own[name];
  }
  return undefined;
}

/** A renderer that is fetched with the first block: what that block does meanwhile is kept for it. */
function lazily(load: () => Promise<Renderer>): Renderer {
  let loaded: Renderer | undefined;
  return (block, words) => {
    if (loaded) return loaded(block, words);
    const waiting: Text[] = [];
    let ended = false;
    let view: WordedView | undefined | void;
    load().then(
      (renderer) => {
        loaded = renderer;
        view = renderer(block, words);
        for (const node of waiting) view?.lines?.(node);
        if (ended) view?.end?.();
      },
      () => {
        // It stays as it is: text.
      },
    );
    return {
      lines: (node) => (loaded ? view?.lines?.(node) : void waiting.push(node)),
      end: () => {
        ended = true;
        view?.end?.();
      },
      reword: () => view?.reword?.(),
    };
  };
}
