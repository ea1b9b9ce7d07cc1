import { DOCUMENT, default_renderer, parser, parser_end, parser_write } from 'streaming-markdown';

const GROUP = 8;

function start(renderer) {
  const state = parser(renderer);
  return { write: (delta) => parser_write(state, delta), end: () => parser_end(state) };
}

export const smd = (root) => start(default_renderer(root));

/** The same with blocks in groups of eight, as our writer's are. */
export const smdGrouped = (root) => {
  const renderer = default_renderer(root);
  const { data, add_token: addToken } = renderer;
  let group;
  return start({
    ...renderer,
    add_token(_, type) {
      if (data.index === 0 && type !== DOCUMENT) data.nodes[0] = group = room(root, group);
      addToken(data, type);
    },
  });
};

/** The group for the next block. */
function room(root, group) {
  if (group && group.childNodes.length < GROUP) return group;
  const next = root.appendChild(document.createElement('div'));
  next.className = 'group';
  return next;
}
