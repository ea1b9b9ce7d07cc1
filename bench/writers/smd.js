import { DOCUMENT, default_renderer, parser, parser_end, parser_write } from 'streaming-markdown';
import { groupIn } from '../../src/markdown/containers.ts';

function start(renderer) {
  const state = parser(renderer);
  return { write: (delta) => parser_write(state, delta), end: () => parser_end(state) };
}

export const smd = (root) => start(default_renderer(root));

/** The same with blocks in groups, as our writer's are. */
export const smdGrouped = (root) => {
  const renderer = default_renderer(root);
  const { data, add_token: addToken } = renderer;
  return start({
    ...renderer,
    add_token(_, type) {
      if (data.index === 0 && type !== DOCUMENT) data.nodes[0] = groupIn(root, null);
      addToken(data, type);
    },
  });
};
