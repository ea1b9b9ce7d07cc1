/** Spells a tree that the writer made as CommonMark's specification spells it. */
export function html(root: Node): string {
  return normal([...root.childNodes].map(spell).join(''));
}

/** White space between blocks, entities and empty lines do not matter. */
export const normal = (text: string): string =>
  text
    .replace(/<img src="[^"]*" alt="([^"]*)"(?: title="[^"]*")? \/>/g, '<img>$1</img>')
    .replace(/ \/>/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/(<pre><code)[^>]*>/g, '$1>')
    .replace(
      /\s*(<\/?(?:p|h\d|hr|ul|ol|li|blockquote|pre|table|thead|tbody|tr|t[hd]|section)\b[^>]*>)\s*(?!<\/code>)/g,
      '$1',
    )
    .trim();

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function spell(node: Node): string {
  if (!(node instanceof Element)) return escape(node.nodeValue ?? '');
  const tag = node.localName;
  const inner = () => [...node.childNodes].map(spell).join('');
  if (node.className === 'group' || node.className === 'table' || node.parentElement?.localName === 'code')
    return inner();
  if (node.className === 'image') return `<img>${escape(node.textContent)}</img>`;
  // A tight list shows its paragraphs without space between.
  if (tag === 'p' && node.parentElement?.localName === 'li' && !node.closest('ul, ol')!.className)
    return `${inner()}\n`;
  if (tag === 'br' || tag === 'hr') return `<${tag}>${tag === 'br' ? '\n' : ''}`;
  const attributes = [...node.attributes]
    .filter(({ name }) => ['href', 'title', 'start'].includes(name))
    .map(({ name, value }) => ` ${name}="${escape(value)}"`)
    .join('');
  return `<${tag}${attributes}>${inner()}</${tag}>`;
}
