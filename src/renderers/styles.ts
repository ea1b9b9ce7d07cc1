/** A sheet's text: the name tells editors, and the build that takes out white space, what it is. */
export const css = String.raw;

const sheets = new Map<string, CSSStyleSheet>();

/** Gives the tree that holds a node a sheet, once: it comes with the renderer that needs it. */
export function adopt(node: Node, text: string): void {
  const root = node.getRootNode();
  if (!(root instanceof ShadowRoot || root instanceof Document)) return;
  let sheet = sheets.get(text);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    sheets.set(text, sheet);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
