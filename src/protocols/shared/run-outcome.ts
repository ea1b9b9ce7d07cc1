import type { Usage } from '../../model/thread.js';
import { own, type JSONObject } from './fields.js';

/** Token counts under a backend's own names for input, output and total; undefined if there are none. */
export function usageOf(counts: JSONObject, ...names: [string, string, string?]): Usage | undefined {
  const [inputTokens, outputTokens, totalTokens] = names.map((name) => {
    const count = name === undefined ? undefined : own(counts, name);
    return typeof count === 'number' ? count : undefined;
  });
  if (inputTokens === undefined && outputTokens === undefined && totalTokens === undefined) return undefined;
  return { inputTokens, outputTokens, totalTokens };
}

/** What backends call the usual ends. */
const reasons: Readonly<Record<string, readonly string[]>> = {
  stop: ['completed', 'finished', 'end-turn', 'eos', 'eos-token', 'stop-sequence', 'word'],
  length: ['limit', 'max-tokens', 'token-limit'],
  'tool-calls': ['function-call', 'tool-use'],
};

/** A backend's finish reason in our words, as far as we have one for it. */
export function finishReasonOf(word: string | undefined): string | undefined {
  const reason = word?.toLowerCase().replaceAll('_', '-');
  if (!reason) return undefined;
  return Object.keys(reasons).find((name) => reasons[name]?.includes(reason)) ?? reason;
}
