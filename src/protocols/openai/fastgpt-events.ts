import type { RunEvent } from '../../model/run-event.js';
import { idIn, objectIn, stringIn, type JSONObject } from '../shared/fields.js';

/**
 * What a FastGPT server tells of its workflow beside the chunks of the answer (labring/FastGPT,
 * `SseResponseEventEnum`); null for any other event.
 */
export function fastGPTEvent(name: string, value: JSONObject): RunEvent[] | null {
  const tool = objectIn(value, 'tool');
  const id = idIn(tool, 'id') ?? 'call';
  switch (name) {
    case 'flowNodeStatus': {
      const text = stringIn(value, 'name');
      return text ? [{ type: 'run-progress', text }] : [];
    }
    case 'toolCall': {
      const called = stringIn(tool, 'functionName', 'toolName') || 'tool';
      const inputText = stringIn(tool, 'params');
      return [{ type: 'part-start', part: { type: 'tool-call', id, name: called, inputText } }];
    }
    case 'toolParams':
      return [{ type: 'part-delta', id, delta: stringIn(tool, 'params') ?? '' }];
    case 'toolResponse':
      return [{ type: 'part-update', id, patch: { output: tool.response, state: 'complete' } }];
    case 'interactive':
      return [
        { type: 'part-start', part: { type: 'data', id: name, name, data: value } },
        { type: 'run-paused', reason: name },
      ];
    default:
      return /^(flow|workflow|update)[A-Z]/.test(name) ? [] : null;
  }
}
