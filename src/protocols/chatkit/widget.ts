import { isObject, own, stringIn, type JSONObject } from '../shared/fields.js';

/** How deep a tree is searched; what a person can see is never that deep. */
const deepest = 50;

/** A widget's tree after an update (chatkit-python `types.py`, `WidgetRootUpdated` and its neighbours). */
export function updatedWidget(tree: unknown, update: JSONObject): unknown {
  if (update.type === 'widget.root.updated') return own(update, 'widget') ?? tree;
  const id = stringIn(update, 'component_id');
  if (id === undefined) return tree;
  if (update.type === 'widget.component.updated') {
    const component = own(update, 'component');
    return isObject(component) ? withNode(tree, id, () => component) : tree;
  }
  const delta = stringIn(update, 'delta') ?? '';
  return withNode(tree, id, (node) => ({
    ...node,
    value: (stringIn(node, 'value') ?? '') + delta,
    streaming: own(update, 'done') !== true,
  }));
}

/** The tree with one node changed; every node that is not above it stays the same object. */
function withNode(tree: unknown, id: string, change: (node: JSONObject) => JSONObject, depth = 0): unknown {
  if (!isObject(tree) || depth > deepest) return tree;
  if (own(tree, 'id') === id) return change(tree);
  const children = own(tree, 'children');
  if (!Array.isArray(children)) {
    const child = withNode(children, id, change, depth + 1);
    return child === children ? tree : { ...tree, children: child };
  }
  for (const [index, child] of children.entries()) {
    const changed = withNode(child, id, change, depth + 1);
    if (changed !== child) return { ...tree, children: children.with(index, changed) };
  }
  return tree;
}
