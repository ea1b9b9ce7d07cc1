import { MarkdownWriter } from '../../src/markdown/index.ts';

export default (root) => {
  const writer = new MarkdownWriter(root);
  return { write: (delta) => writer.write(delta), end: () => writer.end() };
};
