import ours from './ours.js';

/**
 * The least DOM work that ends in what our writer ends in: every element made once, every run of text one node that only
 * grows, nothing parsed. The plan is made beforehand; each flush shows the same share of the text as its share of the flushes.
 */
const floor = (grouped) => ({
  /** Not timed. */
  prepare(text, flushes) {
    const model = document.createElement('div');
    const writer = ours(model);
    writer.write(text);
    writer.end();
    model.normalize();
    if (!grouped)
      for (const group of model.querySelectorAll('.group')) group.replaceWith(...group.childNodes);
    return shares(stepsOf(model), model.textContent.length, flushes);
  },
  start(root, plan) {
    const open = [root];
    let text;
    let flush = 0;
    const take = {
      open({ tag, attributes }) {
        const element = document.createElement(tag);
        for (const [name, value] of attributes) element.setAttribute(name, value);
        open.at(-1).append(element);
        open.push(element);
      },
      close: () => void open.pop(),
      text({ data }) {
        text = document.createTextNode(data);
        open.at(-1).append(text);
      },
      more: ({ data }) => text.appendData(data),
    };
    return {
      write() {
        for (const step of plan[flush++]) take[step.kind](step);
      },
      end() {},
    };
  },
});

export const floorGrouped = floor(true);
export const floorFlat = floor(false);

/** A tree as what opens, what is text, and what closes, in document order. */
function stepsOf(parent) {
  return [...parent.childNodes].flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) return [{ kind: 'text', data: node.data }];
    const attributes = [...node.attributes].map(({ name, value }) => [name, value]);
    return [{ kind: 'open', tag: node.localName, attributes }, ...stepsOf(node), { kind: 'close' }];
  });
}

/** Deals the steps out to the flushes by length of text; a text that spans flushes is cut. */
function shares(steps, length, flushes) {
  const plan = Array.from({ length: flushes }, () => []);
  let shown = 0;
  let flush = 0;
  const due = () => Math.round((length * (flush + 1)) / flushes);
  for (const step of steps) {
    if (step.kind !== 'text') {
      plan[flush].push(step);
      continue;
    }
    let kind = 'text';
    for (let rest = step.data; rest; kind = 'more') {
      while (shown >= due() && flush < flushes - 1) flush++;
      const data = flush === flushes - 1 ? rest : rest.slice(0, due() - shown);
      plan[flush].push({ kind, data });
      shown += data.length;
      rest = rest.slice(data.length);
    }
  }
  return plan;
}
