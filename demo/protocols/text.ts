import { ConnectionCut } from '../backend/faults.js';
import { post } from './post.js';
import { plainText } from './wire.js';

/** A plain body that is the answer. It has no word for a failure, so it breaks off. */
export const text = [
  post({
    path: '/text',
    sourcesInText: true,
    wire: plainText,
    refusal: (error) => ({ error }),
    encoder: () => (event) => {
      if (event.type === 'error') throw new ConnectionCut(event.message);
      return event.type === 'text' ? [{ data: event.text }] : [];
    },
  }),
];
