import type { Message, Part, ToolCallPart } from '../../model/thread.js';
import type { EncodedRequest, ProtocolRequest } from '../protocol.js';
import { dataOf } from '../shared/request-files.js';

interface OllamaMessage {
  role: string;
  content: string;
  images?: string[];
  tool_calls?: { function: { name: string; arguments: unknown } }[];
  tool_name?: string;
}

/**
 * One body for both of Ollama's addresses, each of which passes over the other's fields: `messages` is the thread for
 * `/api/chat`, `prompt` and `images` are the question alone for `/api/generate`, which takes no thread (ollama
 * `api/types.go`). The model comes from the page's `body`.
 */
export function encodeOllama({ text, messages }: ProtocolRequest): EncodedRequest {
  const images = imagesIn(messages.at(-1)?.parts ?? []);
  return {
    body: {
      messages: messages.flatMap(turnsOf),
      prompt: text,
      ...(images.length && { images }),
      stream: true,
    },
  };
}

/** A message as Ollama wants it: what the model says after a tool's result is a message of its own. */
function turnsOf({ role, parts }: Message): OllamaMessage[] {
  if (!parts.some(isAnswered)) return [turn(role, parts)];
  const turns: OllamaMessage[] = [];
  let held: Part[] = [];
  let results: OllamaMessage[] = [];
  for (const part of parts) {
    if (results.length && part.type === 'text') {
      turns.push(turn(role, held), ...results);
      [held, results] = [[], []];
    }
    held.push(part);
    if (isAnswered(part)) results.push({ role: 'tool', tool_name: part.name, content: outputOf(part) });
  }
  return [...turns, turn(role, held), ...results];
}

function turn(role: string, parts: readonly Part[]): OllamaMessage {
  const images = imagesIn(parts);
  const calls = parts.filter(isAnswered);
  return {
    role,
    content: parts.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    ...(images.length && { images }),
    ...(calls.length && {
      tool_calls: calls.map(({ name, input }) => ({ function: { name, arguments: input ?? {} } })),
    }),
  };
}

/** A call without a result would have the model wait for it. */
const isAnswered = (part: Part): part is ToolCallPart =>
  part.type === 'tool-call' && (part.output !== undefined || part.error !== undefined);

function outputOf({ output, error }: ToolCallPart): string {
  const result = output ?? error;
  return typeof result === 'string' ? result : JSON.stringify(result);
}

/** Pictures as bare base64: Ollama fetches nothing. */
function imagesIn(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => {
    if (part.type !== 'file' || !part.mediaType.startsWith('image/')) return [];
    return dataOf(part.url ?? '') ?? [];
  });
}
