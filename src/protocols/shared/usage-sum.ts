import type { Usage } from '../../model/thread.js';

/** Token counts added up; what neither side counted stays out. */
export function addUsage(a: Usage | undefined, b: Usage): Usage;
export function addUsage(a: Usage | undefined, b: Usage | undefined): Usage | undefined;
export function addUsage(a: Usage | undefined, b: Usage | undefined): Usage | undefined {
  if (!b) return a;
  const sum = (name: keyof Usage) =>
    a?.[name] === undefined && b[name] === undefined ? undefined : (a?.[name] ?? 0) + (b[name] ?? 0);
  return {
    inputTokens: sum('inputTokens'),
    outputTokens: sum('outputTokens'),
    totalTokens: sum('totalTokens'),
  };
}
