import type { RunEvent } from '../model/run-event.js';
import type { WireEvent } from '../wire/wire-event.js';
import { backendError } from './shared/event-parts.js';
import {
  idIn,
  isObject,
  listIn,
  objectIn,
  own,
  parseJSON,
  stringIn,
  type JSONObject,
} from './shared/fields.js';
import { messageIn, senderOf } from './langchain/content.js';
import { LangChainMessages } from './langchain/messages.js';
import { encodeLangGraph } from './langchain/langgraph-request.js';
import { LangGraphV2 } from './langchain/langgraph-v2.js';
import type { Decoder, Protocol } from './protocol.js';

/**
 * LangGraph Platform and its kin, in every stream mode that carries messages (langgraph-sdk `schema.py`, langgraphjs
 * `libs/sdk`), subgraphs included, and the stream protocol v2. Modes may run together: a message is shown once.
 *
 * There is no end mark but v2's `lifecycle`. A run counts as ended if its last message was whole (a finish reason, the
 * last piece, a copy that is no piece), a step was reported (`updates`, `values`), or it waits for a person; a tool's
 * result or an open piece at the close does not count. The thread's id is part of the address, so none is reported: a
 * run without a thread names one that is gone afterwards.
 */
export const langGraph: Protocol = {
  name: 'langgraph',
  encode: encodeLangGraph,
  decoder: () => new LangGraphDecoder(),
  resume: (_endpoint, { location, lastEventId }) => {
    const run = runAt(location);
    // All of a run is what follows an event that never was.
    return run === undefined
      ? undefined
      : { address: `${run}/stream`, headers: { 'last-event-id': lastEventId || '-1' } };
  },
  stop: (_endpoint, { location }) => {
    const run = runAt(location);
    return run === undefined ? undefined : { address: `${run}/cancel?wait=false`, method: 'POST' };
  },
  threads: async (endpoint) => (await import('./threads/langgraph.js')).langGraphThreads(endpoint),
};

/** The address of a run, without what is asked of it (langgraph-sdk reads it from `Content-Location` too). */
const runAt = (location = ''): string | undefined => /^.*\/runs\/[^/?#]+/.exec(location)?.[0];

class LangGraphDecoder implements Decoder {
  readonly #messages = new LangChainMessages();
  readonly #v2 = new LangGraphV2(this.#messages);
  /** Namespaces whose state was seen; the first state is what a run starts from. */
  readonly #states = new Set<string>();
  readonly #interrupts = new Set<string>();
  #custom = 0;
  #runId: string | undefined;
  #model: string | undefined;
  #settled = false;

  decode({ name, data }: WireEvent): readonly RunEvent[] | null {
    const value = parseJSON(data);
    const [mode = '', namespace = ''] = name.split('|');
    if (isObject(value) && isObject(own(value, 'params')) && stringIn(value, 'method') !== undefined)
      return this.#second(value);
    return this.#mode(mode, namespace, value);
  }

  end(): readonly RunEvent[] {
    return this.#settled || this.#interrupts.size ? [this.#end()] : [];
  }

  #end(finishReason = this.#messages.finishReason): RunEvent {
    return {
      type: 'run-end',
      finishReason: this.#interrupts.size ? 'paused' : finishReason,
      usage: this.#messages.usage,
    };
  }

  #mode(mode: string, namespace: string, value: unknown): readonly RunEvent[] | null {
    const object = isObject(value) ? value : {};
    switch (mode) {
      case 'metadata':
        this.#runId = idIn(object, 'run_id');
        return [];
      case 'messages':
        return Array.isArray(value) ? this.#piece(value) : null;
      case 'messages/metadata':
        for (const about of Object.values(object)) this.#modelIn(isObject(about) ? about : {});
        return [];
      case 'messages/partial':
      case 'messages/complete':
        return this.#whole(value, mode === 'messages/complete');
      case 'values':
        return this.#state(object, namespace);
      case 'updates':
        return this.#updates(object);
      case 'custom':
        return this.#ownEvent(value);
      case 'events':
        // The whole run is the outermost chain.
        if (own(object, 'event') === 'on_chain_end' && idIn(object, 'run_id') === this.#runId)
          this.#settled = true;
        return [];
      case 'error':
        return [this.#failed(object, value)];
      case 'end':
        return [this.#end()];
      default:
        return /^(debug|tasks|checkpoints|tools|lifecycle|feedback)$/.test(mode) ? [] : null;
    }
  }

  /** `{ method, params: { namespace, data } }` of protocol v2. */
  #second(envelope: JSONObject): readonly RunEvent[] | null {
    const method = stringIn(envelope, 'method') ?? '';
    const params = objectIn(envelope, 'params');
    const data = objectIn(params, 'data');
    const namespace = listIn(params, 'namespace').join('|');
    switch (method) {
      case 'messages':
        return this.#track(this.#v2.message(namespace, data));
      case 'tools':
        return this.#v2.tool(data);
      case 'input.requested':
        return this.#interrupted([data]);
      case 'lifecycle':
        return namespace ? [] : this.#lifecycle(data);
      case 'updates':
        return this.#updates(isObject(own(data, 'values')) ? { node: own(data, 'values') } : data);
      default:
        return this.#mode(method, namespace, own(params, 'data'));
    }
  }

  #lifecycle(data: JSONObject): RunEvent[] {
    switch (own(data, 'event')) {
      case 'completed':
        return [this.#end()];
      case 'interrupted':
        return [{ type: 'run-paused' }, this.#end('paused')];
      case 'cancelled':
        return [this.#end('cancelled')];
      case 'failed':
        return [this.#failed(data, undefined), this.#end()];
      default:
        return [];
    }
  }

  /** `messages-tuple`: a piece, and where it comes from. */
  #piece([value, about]: readonly unknown[]): RunEvent[] {
    this.#modelIn({ metadata: about });
    return this.#track(this.#messages.read(messageIn(value), 'piece', this.#model));
  }

  /** `messages`: lists of messages so far. */
  #whole(value: unknown, done: boolean): RunEvent[] | null {
    if (!Array.isArray(value)) return null;
    const list = value.map(messageIn);
    return this.#track([
      ...this.#question(list),
      ...list.flatMap((message) => this.#messages.read(message, done ? 'whole' : 'so-far', this.#model)),
    ]);
  }

  /** `values`: the whole state. The first is what the run starts from; later ones hold the thread's past too. */
  #state(state: JSONObject, namespace: string): RunEvent[] {
    const list = listIn(state, 'messages').map(messageIn);
    const interrupted = this.#interrupted(listIn(state, '__interrupt__'));
    if (!this.#states.has(namespace) && list.length) {
      this.#states.add(namespace);
      for (const message of list) this.#messages.ignore(idIn(message, 'id'));
      return [...this.#question(list), ...interrupted];
    }
    return [...this.#step(list), ...interrupted];
  }

  /** `updates`: what each node added to the state. */
  #updates(update: JSONObject): RunEvent[] {
    const interrupted = this.#interrupted(listIn(update, '__interrupt__'));
    const lists = Object.values(update).flatMap((change) =>
      (Array.isArray(change) ? change : [change]).filter(isObject).map((part) => own(part, 'messages')),
    );
    const steps = lists.flatMap((added) =>
      this.#step((Array.isArray(added) ? added : added ? [added] : []).map(messageIn)),
    );
    this.#settled = true;
    return [...steps, ...interrupted];
  }

  /** New messages of a step, after the last question. A node that rewrites the past sends it again: it is no answer. */
  #step(list: readonly JSONObject[]): RunEvent[] {
    this.#settled = true;
    if (list.some((message) => own(message, 'type') === 'remove')) return [];
    const last = list.findLastIndex((message) => senderOf(message) === 'human');
    return list.slice(last + 1).flatMap((message) => this.#messages.read(message, 'whole', this.#model));
  }

  #track(events: RunEvent[]): RunEvent[] {
    this.#settled = this.#messages.finished;
    return events;
  }

  /** The server's name for what was just asked. */
  #question(list: readonly JSONObject[]): RunEvent[] {
    const last = list.at(-1);
    const id = last && senderOf(last) === 'human' ? idIn(last, 'id') : undefined;
    return id === undefined || this.#messages.begun ? [] : [{ type: 'message-start', role: 'user', id }];
  }

  /** The run waits for a person. What it asks is data for the page; a plain question is also shown. */
  #interrupted(list: readonly unknown[]): RunEvent[] {
    return list.filter(isObject).flatMap((interrupt): RunEvent[] => {
      const value = own(interrupt, 'value') ?? own(interrupt, 'payload');
      const id = `interrupt-${idIn(interrupt, 'id', 'interrupt_id') ?? this.#interrupts.size}`;
      if (this.#interrupts.has(id)) return [];
      this.#interrupts.add(id);
      const reason = typeof value === 'string' ? value : undefined;
      return [
        ...(reason ? this.#messages.append(id, 'text', reason) : []),
        { type: 'part-start', part: { type: 'data', id, name: 'interrupt', data: interrupt } },
        { type: 'run-paused', reason },
      ];
    });
  }

  /** `custom`: whatever a node wrote. Words are progress; an object is for the page (`ui` ones are sent again as they grow). */
  #ownEvent(value: unknown): RunEvent[] {
    if (typeof value === 'string') return value ? [{ type: 'run-progress', text: value }] : [];
    if (!isObject(value)) return [];
    const name = stringIn(value, 'name', 'type') ?? 'custom';
    const id = `custom-${idIn(value, 'id') ?? this.#custom++}`;
    return [
      { type: 'part-start', part: { type: 'data', id, name, data: value } },
      { type: 'part-update', id, patch: { data: value } },
    ];
  }

  /** `{ error: class, message }`. */
  #failed(failure: JSONObject, value: unknown): RunEvent {
    const message = stringIn(failure, 'message') ?? own(failure, 'error') ?? value;
    return backendError({ message, code: stringIn(failure, 'error') });
  }

  #modelIn(about: JSONObject): void {
    this.#model = stringIn(objectIn(about, 'metadata'), 'ls_model_name') ?? this.#model;
  }
}
