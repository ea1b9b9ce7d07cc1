import { events } from './events.js';
import type { Protocol } from './protocol.js';
import { encodeChatKit } from './request-shapes.js';

/** A self-hosted ChatKit server (chatkit-python `types.py`, `server.py`). */
export const chatkit: Protocol = {
  name: 'chatkit',
  encode: encodeChatKit,
  decoder: (hints) => events.decoder(hints),
};
