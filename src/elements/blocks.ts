import type { Strings } from '../controllers/strings.js';
import type { Block, BlockRenderer, BlockRenderers, BlockView } from '../markdown/index.js';
import { codeBlock } from './code-block.js';
import { tableTools } from './table-block.js';

/** Our own renderers. Each is fetched with the first block it takes; until then, and where it cannot be fetched, text stays. */
const own: Record<string, (words: () => Strings) => BlockRenderer> = {
  code: () => highlight,
  math: () => math,
  mermaid: (words) => (block) => diagram(words)(block),
  csv: (words) => table('csv', words),
  tsv: (words) => table('tsv', words),
};

const highlight = lazily(async () => (await import('../renderers/highlight.js')).highlight);
const math = lazily(async () => (await import('../renderers/math.js')).math);
const diagram = (words: () => Strings) =>
  lazily(async () => {
    const { mermaid } = await import('../renderers/mermaid.js');
    return (block) => mermaid(block, words);
  });
const table = (separated: 'csv' | 'tsv', words: () => Strings) =>
  lazily(async () => {
    const renderer = (await import('../renderers/data.js'))[separated];
    return (block) => renderer(block, words);
  });

/** Gives a block what surrounds it, and the renderer that takes it: the page's, or ours. */
export function blockView(block: Block, renderers: BlockRenderers, words: () => Strings): BlockView {
  const views = [
    block.kind === 'code' ? codeBlock(block, words) : undefined,
    block.kind === 'table' ? tableTools(block, words) : undefined,
    rendererOf(block, renderers, words)?.(block) ?? undefined,
  ].filter((view) => view !== undefined);
  return {
    lines: views.some((view) => view.lines)
      ? (node) => views.forEach((view) => view.lines?.(node))
      : undefined,
    end: () => views.forEach((view) => view.end?.()),
  };
}

function rendererOf(
  { kind, language }: Block,
  renderers: BlockRenderers,
  words: () => Strings,
): BlockRenderer | null | undefined {
  const names = kind === 'code' ? [language, 'code'] : [kind];
  for (const name of names) {
    if (Object.hasOwn(renderers, name)) return renderers[name];
    if (Object.hasOwn(own, name)) return own[name]!(words);
  }
  return undefined;
}

/** A renderer that is fetched with the first block: what that block does meanwhile is kept for it. */
function lazily(load: () => Promise<BlockRenderer>): BlockRenderer {
  let loaded: BlockRenderer | undefined;
  return (block) => {
    if (loaded) return loaded(block);
    const waiting: Text[] = [];
    let ended = false;
    let view: BlockView | undefined | void;
    load().then(
      (renderer) => {
        loaded = renderer;
        view = renderer(block);
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
    };
  };
}
