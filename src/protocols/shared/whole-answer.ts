import type { RunEvent } from '../../model/run-event.js';
import { backendError, messageIdIn, threadIdIn, usageIn } from './event-parts.js';
import {
  failureTextIn,
  idIn,
  isObject,
  listIn,
  objectIn,
  own,
  parseJSON,
  stringIn,
  textIn,
} from './fields.js';
import { hostFailure } from './host-failure.js';
import { SourceParts } from './source-parts.js';

/**
 * What a JSON body says that came in place of a stream: a whole answer, or an error. Undefined if it is neither, so that
 * raw JSON is never shown.
 */
export function readWholeAnswer(body: string): RunEvent[] | undefined {
  let value = parseJSON(body);
  if (Array.isArray(value) && value.length === 1) value = value[0];
  if (typeof value === 'string') return answerOf(value);
  if (!isObject(value)) return undefined;
  const failure = hostFailure(value);
  if (failure) return [failure];

  const choice = listIn(value, 'choices')[0];
  const inner = isObject(choice) ? choice : isObject(own(value, 'data')) ? objectIn(value, 'data') : value;
  const text = isObject(own(inner, 'message')) ? textIn(objectIn(inner, 'message')) : wholeTextIn(inner);
  if (text === undefined || own(value, 'error')) {
    return failureTextIn(value) === undefined ? undefined : [backendError(value)];
  }

  const thread = threadIdIn(value);
  const id = messageIdIn(value) ?? idIn(value, 'id');
  const usage = usageIn(value);
  const finishReason = isObject(choice) ? stringIn(choice, 'finish_reason') : undefined;
  return [
    { type: 'thread-update', id: thread },
    { type: 'message-start', id },
    { type: 'part-delta', id: 'text-0', delta: text },
    ...new SourceParts().from(value, false),
    { type: 'run-end', usage, finishReason },
  ];
}

/** The fields that hold a whole answer; `message` only where nothing else does, for errors call their text so too. */
function wholeTextIn(value: Record<string, unknown>): string | undefined {
  const text = textIn(value, [
    'response',
    'answer',
    'content',
    'text',
    'output',
    'reply',
    'result',
    'generated_text',
  ]);
  const failed = ['error', 'detail', 'code', 'status'].some((name) => Object.hasOwn(value, name));
  return text ?? (failed ? undefined : stringIn(value, 'message'));
}

/** A whole answer that came as text. */
export function answerOf(text: string): RunEvent[] {
  return [{ type: 'part-delta', id: 'text-0', delta: text }, { type: 'run-end' }];
}
