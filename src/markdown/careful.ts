import { type Block, type BlockRenderer, type BlockView } from './block.js';

/** Asks a renderer for its view of a block. A page's mistake, then or later, shall not stop the answer. */
export function viewOf(renderer: BlockRenderer | undefined, block: Block): BlockView | undefined {
  const view = attempt(() => renderer?.(block));
  if (!view) return undefined;
  return {
    // Whether it has one decides how code is written.
    lines: view.lines && ((node) => attempt(() => view.lines?.(node))),
    end: () => attempt(() => view.end?.()),
  };
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    console.warn('chat-stream: a block renderer failed', error);
    return undefined;
  }
}
