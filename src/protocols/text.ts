import type { Protocol } from './protocol.js';
import { encodeGeneral } from './shared/request-shapes.js';

/**
 * A plain body is the answer. It has no end mark, so it can only ever be judged by a clean end, which browsers report for
 * some cut connections too.
 */
export const text: Protocol = {
  name: 'text',
  framing: 'text',
  encode: encodeGeneral,
  decoder: () => ({
    decode: ({ data }) => [{ type: 'part-delta', id: 'text', delta: data }],
    end: () => [{ type: 'run-end' }],
  }),
};
