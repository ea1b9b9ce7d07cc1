import { MarkdownWriter, type MarkdownOptions } from '../../src/markdown/index.js';

/** Writes the pieces one after the other; the block stands in the page, where requests and faults would be seen. */
export function render(pieces: string | string[], options?: MarkdownOptions): HTMLElement {
  const root = document.createElement('div');
  document.body.append(root);
  const writer = new MarkdownWriter(root, options);
  for (const piece of [pieces].flat()) writer.write(piece);
  writer.end();
  root.remove();
  return root;
}

/** The blocks of a document, without the groups that hold them. */
export const blocksOf = (root: Element): HTMLElement[] => [
  ...root.querySelectorAll<HTMLElement>('.group > :not(.group)'),
];

/** What stands there after each character, before the end. */
export function prefixes(text: string): string[] {
  const root = document.createElement('div');
  const writer = new MarkdownWriter(root);
  return Array.from(text, (character) => {
    writer.write(character);
    return shape(root);
  });
}

const UNIFORM = /^(?:dir|target|rel|tabindex|type)$/;
/** What only holds other blocks together. */
const FRAME = '.group, .table, thead, tbody, pre > code > span';

/** A short spelling of a tree, without the attributes and elements that are everywhere the same. */
export function shape(node: Node): string {
  const inner = [...node.childNodes]
    .map((child) => {
      if (!(child instanceof Element)) return child.nodeValue ?? '';
      if (child.matches(FRAME)) return shape(child);
      const attributes = [...child.attributes].filter(({ name }) => !UNIFORM.test(name));
      const spelled = attributes.map(({ name, value }) => ` ${name}=${value}`).join('');
      return `<${child.localName}${spelled}>${shape(child)}</>`;
    })
    .join('');
  return inner;
}

/** The shape of a whole text. */
export const shapeOf = (text: string): string => shape(render(text));
