import type { RunEvent } from '../../model/run-event.js';
import {
  idIn,
  isObject,
  listIn,
  objectIn,
  own,
  parseJSON,
  stringIn,
  textIn,
  type JSONObject,
} from '../shared/fields.js';
import { SourceParts } from '../shared/source-parts.js';
import { ToolParts } from '../shared/tool-parts.js';

/**
 * The messages of one Coze chat, which together are one answer: its `answer`s are text, each a part of its own; tools
 * and their outputs, recalled knowledge and suggestions are messages too.
 */
export class CozeMessages {
  readonly #tools = new ToolParts();
  readonly #sources = new SourceParts();
  /** What parts hold so far: a message that is completed comes whole once more. */
  readonly #texts = new Map<string, string>();
  /** Names of calls without an output. */
  #open: string[] = [];
  #suggestions: string[] = [];
  #id: string | undefined;
  #extras = 0;

  delta(message: JSONObject): RunEvent[] {
    if (message.type !== 'answer') return [];
    const id = this.#named(message);
    return [
      ...this.#append(`${id}:reasoning`, stringIn(message, 'reasoning_content'), 'reasoning'),
      ...(message.content_type === 'text' || own(message, 'content_type') === undefined
        ? this.#append(id, stringIn(message, 'content'), 'text')
        : []),
    ];
  }

  completed(message: JSONObject): RunEvent[] {
    const content = stringIn(message, 'content') ?? '';
    switch (message.type) {
      case 'answer':
        return this.#answer(message, content);
      case 'function_call':
        return this.#call(message, content);
      case 'tool_output':
      case 'tool_response':
        this.#open.shift();
        return this.#tools.result({ output: content });
      case 'follow_up':
        if (content) this.#suggestions.push(content);
        return [];
      case 'verbose':
        return this.#verbose(content);
      default:
        return [];
    }
  }

  /** A call that the page is to answer; it may have been told as a message before. */
  awaited(call: JSONObject): RunEvent[] {
    const fn = objectIn(call, 'function');
    const name = stringIn(fn, 'name') ?? 'tool';
    if (this.#open.includes(name)) return [];
    return this.#tools.call({ id: own(call, 'id'), name, input: own(fn, 'arguments') });
  }

  /** Named by its end: a start with a name would open a second message beside the parts. */
  end(): RunEvent {
    const suggestions = this.#suggestions;
    return { type: 'message-end', id: this.#id, metadata: suggestions.length ? { suggestions } : undefined };
  }

  #named(message: JSONObject): string {
    const id = idIn(message, 'id') ?? 'answer';
    this.#id ??= id;
    return id;
  }

  #append(id: string, delta: string | undefined, kind: 'text' | 'reasoning'): RunEvent[] {
    if (!delta) return [];
    this.#texts.set(id, (this.#texts.get(id) ?? '') + delta);
    return [{ type: 'part-delta', id, delta, kind }];
  }

  #whole(id: string, text: string | undefined, kind: 'text' | 'reasoning'): RunEvent[] {
    const shown = this.#texts.get(id);
    if (!text || text === shown) return shown === undefined ? [] : [{ type: 'part-end', id }];
    this.#texts.set(id, text);
    return [
      { type: 'part-replace', id, text, kind },
      { type: 'part-end', id },
    ];
  }

  #answer(message: JSONObject, content: string): RunEvent[] {
    const id = this.#named(message);
    const reasoning = this.#whole(`${id}:reasoning`, stringIn(message, 'reasoning_content'), 'reasoning');
    switch (message.content_type) {
      case 'object_string': {
        const objects = parseJSON(content);
        const list = Array.isArray(objects) ? objects.filter(isObject) : [];
        const text = list.map((object) => stringIn(object, 'text') ?? '').join('');
        return [...reasoning, ...this.#whole(id, text, 'text'), ...list.flatMap((part) => this.#file(part))];
      }
      case 'card':
        return [
          ...reasoning,
          {
            type: 'part-start',
            part: { type: 'data', id, name: 'card', data: parseJSON(content) ?? content },
          },
        ];
      case 'audio':
        return reasoning;
      default:
        return [...reasoning, ...this.#whole(id, content, 'text')];
    }
  }

  #file(object: JSONObject): RunEvent[] {
    const url = stringIn(object, 'file_url');
    if (!url) return [];
    const type = stringIn(object, 'type');
    const mediaType = type === 'image' || type === 'audio' ? `${type}/*` : 'application/octet-stream';
    const id = `file-${this.#extras++}`;
    return [
      { type: 'part-start', part: { type: 'file', id, mediaType, url, name: stringIn(object, 'name') } },
    ];
  }

  #call(message: JSONObject, content: string): RunEvent[] {
    const parsed = parseJSON(content);
    const call = isObject(parsed) ? parsed : {};
    const name = stringIn(call, 'name') ?? 'tool';
    this.#open.push(name);
    return this.#tools.call({ id: own(message, 'id'), name, input: own(call, 'arguments') });
  }

  /** What was found in the bot's knowledge; other notes are for Coze's own page. */
  #verbose(content: string): RunEvent[] {
    const note = parseJSON(content);
    if (!isObject(note) || note.msg_type !== 'knowledge_recall') return [];
    const data = own(note, 'data');
    const recall = typeof data === 'string' ? parseJSON(data) : data;
    const chunks = isObject(recall) ? listIn(recall, 'chunks') : [];
    const sources = chunks.filter(isObject).map((chunk) => {
      const meta = objectIn(chunk, 'meta');
      const link = objectIn(meta, 'link');
      return {
        url: stringIn(link, 'url'),
        title: stringIn(link, 'title') || textIn(own(meta, 'document'), ['name']),
      };
    });
    return this.#sources.from({ sources }, false);
  }
}
