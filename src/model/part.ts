import { defined } from './defined.js';
import type { PartPatch } from './run-event.js';
import type { Part, PartInit, ToolCallPart } from './thread.js';

/** A part as the thread keeps it: what the protocol left out starts empty and open. */
export function startPart(init: PartInit): Part {
  switch (init.type) {
    case 'text':
    case 'reasoning':
      return { type: init.type, id: init.id, text: init.text ?? '', done: false };
    case 'tool-call':
      return defined({ inputText: '', state: 'input', done: false, ...init });
    default:
      return defined({ done: true, ...init });
  }
}

/** Text appended to a part, or put in its place; a tool call grows by its input. */
export function withText(part: Part, text: string, append: boolean): Part {
  if (part.type === 'text' || part.type === 'reasoning') {
    const next = append ? part.text + text : text;
    return next === part.text ? part : { ...part, text: next };
  }
  if (part.type !== 'tool-call') return part;
  return { ...part, inputText: append ? part.inputText + text : text };
}

const patchable = {
  'tool-call': ['name', 'input', 'inputText', 'output', 'state', 'error'],
  source: ['url', 'title'],
  file: ['url', 'name'],
  data: ['data'],
  text: [],
  reasoning: [],
} as const satisfies Record<Part['type'], readonly string[]>;

/** The part with those fields of the patch that its type has. */
export function patchPart(part: Part, patch: PartPatch): Part {
  const fields: Record<string, unknown> = {};
  for (const name of patchable[part.type]) {
    if (Object.hasOwn(patch, name) && patch[name] !== undefined) fields[name] = patch[name];
  }
  if (!Object.keys(fields).length) return part;
  const next = { ...part, ...fields } as Part;
  const over = next.type === 'tool-call' && (next.state === 'complete' || next.state === 'error');
  return over ? withDone(next) : next;
}

/** The part closed. The input of a tool call is parsed now: before its end it is not yet JSON. */
export function withDone(part: Part): Part {
  if (part.done) return part;
  return part.type === 'tool-call' ? { ...part, input: inputOf(part), done: true } : { ...part, done: true };
}

function inputOf(part: ToolCallPart): unknown {
  if (part.input !== undefined || !part.inputText) return part.input;
  try {
    return JSON.parse(part.inputText);
  } catch {
    return undefined;
  }
}
