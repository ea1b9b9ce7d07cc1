import { marked } from 'marked';
import { groupIn } from '../../src/markdown/containers.ts';
import { patch } from './patch.js';

const GROUP = 8;

/**
 * The most that can be had from a conformant library: a finished block is rendered once, only the open one is lexed and
 * parsed again with each flush, and its nodes are patched where they stand. Grouped as our writer's blocks are.
 */
export default (root) => {
  /** What is not finished yet. */
  let open = '';
  let group = groupIn(root, null);
  /** How many children of the group are finished. */
  let finished = 0;

  function write(delta) {
    open += delta;
    const tokens = marked.lexer(open);
    const last = tokens.findLastIndex(({ type }) => type !== 'space');
    if (last < 0) return;
    show(tokens.slice(0, last + 1), tokens.links);
    if (last === 0) return;
    const done = tokens.slice(0, last);
    open = open.slice(done.reduce((length, { raw }) => length + raw.length, 0));
    finished += done.filter(({ type }) => type !== 'space' && type !== 'def').length;
    while (finished >= GROUP) nextGroup();
  }

  function show(tokens, links) {
    const template = document.createElement('template');
    template.innerHTML = marked.parser(Object.assign(tokens, { links }));
    const fresh = [...template.content.childNodes].filter(isBlock);
    patch(group, fresh, finished);
  }

  /** What is behind the eighth block moves on. */
  function nextGroup() {
    const next = groupIn(root, null);
    next.append(...[...group.childNodes].slice(GROUP));
    group = next;
    finished -= GROUP;
  }

  return { write, end() {} };
};

/** Between blocks there are line ends only. */
const isBlock = (node) => node.nodeType === Node.ELEMENT_NODE || node.data.trim() !== '';
