import type { FinishReason, PartInit, Usage } from '../../model/thread.js';
import { usageIn } from '../shared/event-parts.js';
import {
  idIn,
  isObject,
  listIn,
  objectIn,
  own,
  stringIn,
  textIn,
  type JSONObject,
} from '../shared/fields.js';

/** Text of a LangChain message, and whether the model says or thinks it. */
export interface Piece {
  kind: 'text' | 'reasoning';
  text: string;
}

/** Who a message is from: LangChain writes `ai`, `AIMessageChunk`, or `{ role: 'assistant' }`. */
export type Sender = 'ai' | 'tool' | 'human' | 'other';

/** The message itself, also where it was written by `dumpd` (langchain-core `load/dump.py`): `{ lc, id, kwargs }`. */
export function messageIn(value: unknown): JSONObject {
  if (!isObject(value)) return {};
  if (own(value, 'lc') === undefined || !isObject(own(value, 'kwargs'))) return value;
  return { type: listIn(value, 'id').at(-1), ...objectIn(value, 'kwargs') };
}

export function senderOf(message: JSONObject): Sender {
  const type = stringIn(message, 'type', 'role') ?? '';
  if (/^(ai|assistant)/i.test(type)) return 'ai';
  if (/^tool/i.test(type)) return 'tool';
  return /^(human|user)/i.test(type) ? 'human' : 'other';
}

/** One content block as text; undefined for blocks that hold none (langchain-core `messages/content.py`). */
export function pieceIn(block: unknown): Piece | undefined {
  if (typeof block === 'string') return { kind: 'text', text: block };
  if (!isObject(block)) return undefined;
  const type = stringIn(block, 'type') ?? 'text';
  if (/^(thinking|reasoning)/.test(type)) {
    const names = ['thinking', 'reasoning', 'reasoning_content', 'reasoningText', 'summary', 'text'];
    return { kind: 'reasoning', text: textIn(block, names) ?? '' };
  }
  return /^(output_)?text|^refusal$/.test(type)
    ? { kind: 'text', text: textIn(block, ['text', 'refusal']) ?? '' }
    : undefined;
}

/** The blocks of a message; a string is one block. */
export function blocksIn(message: JSONObject): unknown[] {
  const content = own(message, 'content');
  return Array.isArray(content) ? content : [content];
}

/** What a message says and thinks, in order. Some integrations put the thinking beside the content. */
export function piecesIn(message: JSONObject): Piece[] {
  const pieces = blocksIn(message).flatMap((block) => pieceIn(block) ?? []);
  if (pieces.some(({ kind }) => kind === 'reasoning')) return pieces;
  const beside = objectIn(message, 'additional_kwargs');
  const thought =
    stringIn(beside, 'reasoning_content') ??
    textIn(objectIn(beside, 'reasoning'), ['summary', 'text', 'content']);
  return thought ? [{ kind: 'reasoning', text: thought }, ...pieces] : pieces;
}

/** Citations in the blocks of a message, for `SourceParts`. */
export function citationsIn(message: JSONObject): JSONObject {
  const citations = blocksIn(message).flatMap((block) =>
    isObject(block) ? [...listIn(block, 'annotations'), ...listIn(block, 'citations')] : [],
  );
  return { citations: citations.filter(isObject) };
}

/** Images and other files in the blocks of a message, by address or as base64. */
export function filesIn(message: JSONObject): (PartInit & { type: 'file'; url: string })[] {
  return blocksIn(message).flatMap((block) => {
    if (!isObject(block)) return [];
    const type = stringIn(block, 'type') ?? '';
    if (!/^(image_url|image|audio|video|file)$/.test(type)) return [];
    const mediaType =
      stringIn(block, 'mime_type', 'mimeType') ?? (type === 'file' ? '' : `${type.slice(0, 5)}/*`);
    const data = stringIn(block, 'base64', 'data');
    const url =
      stringIn(block, 'url', 'image_url') ??
      stringIn(objectIn(block, 'image_url'), 'url') ??
      (data ? `data:${mediaType};base64,${data}` : undefined);
    return url ? [{ type: 'file', id: url, mediaType: mediaType || 'application/octet-stream', url }] : [];
  });
}

/** `usage_metadata`, the counts of one message or of one piece of it. */
export function usageOf(message: JSONObject): Usage | undefined {
  return usageIn({ usage: own(message, 'usage_metadata') });
}

const finishReasons: Record<string, string> = {
  'end-turn': 'stop',
  'stop-sequence': 'stop',
  'max-tokens': 'length',
  'tool-use': 'tool-calls',
  refusal: 'content-filter',
};

/** Why the model stopped, under the names of the providers behind LangChain. */
export function finishReasonOf(metadata: JSONObject): FinishReason | undefined {
  const names = ['finish_reason', 'stop_reason', 'done_reason', 'finishReason', 'stopReason', 'reason'];
  const reason = stringIn(metadata, ...names)
    ?.toLowerCase()
    .replaceAll('_', '-');
  return reason && (Object.hasOwn(finishReasons, reason) ? finishReasons[reason] : reason);
}

/** The raw input of a tool call in a message that is shown as it grows; undefined where it is only there parsed. */
export function rawInputIn(message: JSONObject, id: string): string | undefined {
  const chunks = [...listIn(message, 'tool_call_chunks'), ...blocksIn(message)];
  const chunk = chunks.find((entry) => isObject(entry) && idIn(entry, 'id') === id);
  return isObject(chunk) ? stringIn(chunk, 'args', 'partial_json') : undefined;
}
