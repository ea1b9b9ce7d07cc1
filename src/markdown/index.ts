export type { CodeInfo } from './blocks.js';
export { type MarkdownOptions, MarkdownWriter } from './writer.js';
