/**
 * Makes the children of `parent` from index `from` on the same as the `fresh` nodes, with as little change as a walk from
 * the front finds: text grows by `appendData`, an element of the same name stays.
 */
export function patch(parent, fresh, from = 0) {
  for (const [index, wanted] of fresh.entries()) {
    const there = parent.childNodes[from + index];
    if (!there) parent.append(wanted);
    else if (there.nodeName !== wanted.nodeName) there.replaceWith(wanted);
    else if (there.nodeType === Node.TEXT_NODE) patchText(there, wanted.data);
    else patchElement(there, wanted);
  }
  while (parent.childNodes.length > from + fresh.length) parent.lastChild.remove();
}

function patchText(node, data) {
  if (node.data === data) return;
  if (data.startsWith(node.data)) node.appendData(data.slice(node.data.length));
  else node.data = data;
}

function patchElement(element, wanted) {
  for (const { name } of [...element.attributes])
    if (!wanted.hasAttribute(name)) element.removeAttribute(name);
  for (const { name, value } of wanted.attributes)
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  patch(element, [...wanted.childNodes]);
}
