import type { RunEvent } from '../model/run-event.js';
import type { WireEvent } from '../wire/wire-event.js';
import { imageState, itemState, partId, taskState, type ItemState } from './chatkit/items.js';
import { ChatKitMessage } from './chatkit/message.js';
import { updatedWidget } from './chatkit/widget.js';
import { backendError } from './shared/event-parts.js';
import { idIn, isObject, objectIn, own, parseJSON, stringIn, type JSONObject } from './shared/fields.js';
import type { Decoder, Protocol } from './protocol.js';
import { encodeChatKit } from './shared/request-shapes.js';

/**
 * A self-hosted ChatKit server (chatkit-python `types.py`, `server.py`).
 *
 * An item is a message with the item's id. Items that overlap share one, and what only leads to an answer (reasoning, a
 * notice, an effect) belongs to the message of the item after it. `data` parts are named `widget` (its id is the item's),
 * `notice`, `client-effect` and `structured-input`.
 *
 * There is no end mark: a clean close is the end once an item was whole, no answer is open, and the server has not
 * announced more since.
 */
export const chatkit: Protocol = {
  name: 'chatkit',
  encode: encodeChatKit,
  // The server answers as to a question (chatkit-python `actions.py`).
  encodeAction: ({ threadId }, { type, payload, itemId }) => ({
    body: {
      type: 'threads.custom_action',
      params: { thread_id: threadId, item_id: itemId, action: { type, payload } },
    },
  }),
  decoder: () => new ChatKitDecoder(),
  threads: async (endpoint) => (await import('./threads/chatkit.js')).chatKitThreads(endpoint),
};

/** Items that are no news to a person. */
const hidden = /^(sdk_)?hidden|^end_of_turn$/;

class ChatKitDecoder implements Decoder {
  #message = new ChatKitMessage();
  /** Every item of this run. */
  readonly #seen = new Set<string>();
  readonly #widgets = new Map<string, unknown>();
  /** Workflows that are reasoning. */
  readonly #reasoning = new Set<string>();
  /** Steps that were told, by their task. */
  readonly #told = new Map<string, string | undefined>();
  #threadKnown = false;
  #settled = false;
  #paused = false;
  #asides = 0;

  decode({ data }: WireEvent): readonly RunEvent[] | null {
    const value = parseJSON(data);
    if (!isObject(value)) return null;
    switch (value.type) {
      case 'thread.created':
      case 'thread.updated':
        return this.#thread(objectIn(value, 'thread'));
      case 'thread.item.added':
      case 'thread.item.done':
      case 'thread.item.replaced':
        return this.#item(objectIn(value, 'item'), value.type);
      case 'thread.item.updated':
        return this.#update(idIn(value, 'item_id') ?? '', objectIn(value, 'update'));
      case 'thread.item.removed':
        return this.#remove(idIn(value, 'item_id') ?? '');
      case 'progress_update':
        return this.#progress(stringIn(value, 'text'), stringIn(value, 'icon'));
      case 'notice':
      case 'client_effect':
        return this.#aside(value.type.replace('_', '-'), value);
      case 'stream_options':
        return this.#options(own(value, 'stream_options'));
      default:
        return value.type === 'error' || own(value, 'error') ? [backendError(value)] : null;
    }
  }

  end(): readonly RunEvent[] {
    if (!this.#settled || this.#message.growing) return [];
    return [{ type: 'run-end', finishReason: this.#paused ? 'paused' : undefined }];
  }

  #thread(thread: JSONObject): RunEvent[] {
    const id = idIn(thread, 'id');
    const title = stringIn(thread, 'title');
    this.#threadKnown ||= id !== undefined;
    return id === undefined && title === undefined ? [] : [{ type: 'thread-update', id, title }];
  }

  #options(streamOptions: unknown): RunEvent[] {
    if (!isObject(streamOptions)) return [];
    const metadata = { streamOptions };
    // A start would open a second message beside the one that has begun.
    if (!this.#message.begun) return [{ type: 'message-start', metadata }];
    this.#message.metadata = metadata;
    return [];
  }

  #progress(text?: string, icon?: string, percent?: number): RunEvent[] {
    if (!text && percent === undefined) return [];
    this.#settled = false;
    return [{ type: 'run-progress', text: text || undefined, icon, percent }];
  }

  /** What the server says beside its answer, for the page to show or to do. */
  #aside(name: string, value: JSONObject): RunEvent[] {
    const id = `${name}-${this.#asides++}`;
    const { type: _, ...data } = value;
    this.#message.begin(id, true);
    return [
      ...this.#message.show(id, { parts: [{ type: 'data', id, name, data }] }),
      ...this.#message.finish(id),
    ];
  }

  #item(item: JSONObject, event: string): readonly RunEvent[] | null {
    const id = idIn(item, 'id') ?? '';
    const threadId = idIn(item, 'thread_id');
    const thread = this.#threadKnown ? [] : this.#thread({ id: threadId });
    if (item.type === 'user_message')
      return [...thread, { type: 'message-start', role: 'user', id: id || undefined }];
    if (hidden.test(String(item.type))) {
      this.#settled ||= item.type === 'end_of_turn';
      return thread;
    }
    const state = itemState(id, item);
    if (!state) return null;
    const over = event !== 'thread.item.added';
    // What was shown and closed before can only be shown anew.
    const anew = !this.#message.has(id) && (event === 'thread.item.replaced' || this.#seen.has(id));
    const events = [
      ...thread,
      ...(anew && id ? [{ type: 'message-remove', id } as const] : []),
      ...this.#message.begin(id, state.prelude ?? false),
      ...this.#show(id, state, over),
    ];
    this.#seen.add(id);
    if (item.type === 'widget') this.#widgets.set(id, own(item, 'widget'));
    if (objectIn(item, 'workflow').type === 'reasoning') this.#reasoning.add(id);
    if (state.prelude) this.#settled = false;
    if (!over) return events;
    this.#settled ||= !state.prelude;
    return [...events, ...this.#message.finish(id), ...this.#close()];
  }

  #show(id: string, state: ItemState, whole = false): RunEvent[] {
    const pause = state.paused !== undefined && !this.#paused;
    this.#paused ||= pause;
    const steps = (state.steps ?? []).filter(({ key, text }) => this.#told.get(key) !== text);
    for (const { key, text } of steps) this.#told.set(key, text);
    return [
      ...this.#message.show(id, state, whole),
      ...steps.flatMap(({ text, icon }) => this.#progress(text, icon)),
      ...(pause ? [{ type: 'run-paused', reason: state.paused } as const] : []),
    ];
  }

  /** Ends the message once every item of it is whole. */
  #close(): RunEvent[] {
    if (!this.#message.whole) return [];
    const end = this.#message.end();
    this.#message = new ChatKitMessage();
    return [end];
  }

  #remove(id: string): RunEvent[] {
    // Withdrawn in mid-run, something is to come in its place; gone from earlier, the removal is the answer.
    this.#settled = !this.#seen.has(id);
    const gone: RunEvent = { type: 'message-remove', id };
    if (!this.#message.has(id)) return [gone];
    const taken = this.#message.withdraw(id);
    if (taken) return [...taken, ...this.#close()];
    // Named now, so that it can be found.
    const named = this.#message.end(id);
    this.#message = new ChatKitMessage();
    return [named, gone];
  }

  #update(id: string, update: JSONObject): readonly RunEvent[] | null {
    const type = stringIn(update, 'type') ?? '';
    // Of an item from before this run: it is what this run was for.
    if (!this.#seen.has(id)) this.#settled = true;
    if (type.startsWith('widget.')) return this.#widget(id, update);
    const part = partId(id, own(update, 'content_index') ?? 0);
    switch (type) {
      case 'assistant_message.content_part.text_delta':
        return this.#message.append(id, part, stringIn(update, 'delta') ?? '');
      case 'assistant_message.content_part.added':
      case 'assistant_message.content_part.done': {
        const text = stringIn(objectIn(update, 'content'), 'text');
        return this.#show(id, { parts: [{ type: 'text', id: part, text }] });
      }
      case 'assistant_message.content_part.annotation_added':
        return this.#show(id, { sources: [own(update, 'annotation')] });
      case 'workflow.task.added':
      case 'workflow.task.updated': {
        const index = own(update, 'task_index') ?? 0;
        return this.#show(id, taskState(id, index, objectIn(update, 'task'), this.#reasoning.has(id)));
      }
      case 'generated_image.updated': {
        const share = own(update, 'progress');
        const percent = typeof share === 'number' ? share * 100 : undefined;
        return [...this.#show(id, imageState(id, update)), ...this.#progress(undefined, undefined, percent)];
      }
      default:
        return null;
    }
  }

  #widget(id: string, update: JSONObject): RunEvent[] {
    const old = this.#widgets.get(id);
    const data = updatedWidget(old, update);
    if (data === old) return [];
    this.#widgets.set(id, data);
    return [{ type: 'part-update', id, patch: { data } }];
  }
}
