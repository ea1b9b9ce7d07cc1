import type { RunEvent } from '../../model/run-event.js';
import { backendError } from './event-parts.js';
import { idIn, objectIn, own, stringIn, type JSONObject } from './fields.js';

/**
 * A failure that a host of OpenAI's format reports in words of its own, with HTTP 200: `base_resp` of MiniMax, where 0 is
 * none whatever it says, `error_code` of Baidu and FastChat, and an object that is an error (vLLM, Mistral).
 */
export function hostFailure(value: JSONObject): RunEvent | undefined {
  const outcome = objectIn(value, 'base_resp');
  if (own(outcome, 'status_code'))
    return backendError({ code: idIn(outcome, 'status_code'), message: own(outcome, 'status_msg') });
  if (own(value, 'error_code'))
    return backendError({ code: own(value, 'error_code'), message: stringIn(value, 'error_msg', 'text') });
  return own(value, 'object') === 'error' ? backendError(value) : undefined;
}
