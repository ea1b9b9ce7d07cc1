export type { Block, BlockRenderer, BlockRenderers, BlockView } from './block.js';
export { NODES, type Tag } from './nodes.js';
export { visible } from './hidden.js';
export { safeUrl } from './links.js';
export { type MarkdownOptions, MarkdownWriter } from './writer.js';
