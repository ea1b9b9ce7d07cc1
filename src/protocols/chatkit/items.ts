import type { PartInit } from '../../model/thread.js';
import { contentOf } from '../shared/event-parts.js';
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

/** What an item of a ChatKit thread holds as it stands (chatkit-python `types.py`, `ThreadItem`). */
export interface ItemState {
  /** Leads to an answer and is none itself. */
  readonly prelude?: boolean;
  readonly parts?: readonly PartInit[];
  /** As the server has them. */
  readonly sources?: readonly unknown[];
  /** Steps, each told once. */
  readonly steps?: readonly { key: string; text?: string; icon?: string }[];
  /** Why the run waits for a person or a page. */
  readonly paused?: string;
}

/** The id of a part that is one of several of its item. */
export const partId = (item: string, index: unknown): string => `${item}-${String(index)}`;

/** The state of an item; undefined where its type is unknown and it holds no text. */
export function itemState(id: string, item: JSONObject): ItemState | undefined {
  switch (item.type) {
    case 'client_tool_call':
      return toolState(id, item);
    case 'widget':
      return { parts: [{ type: 'data', id, name: 'widget', data: own(item, 'widget') }] };
    case 'generated_image':
      return imageState(id, item);
    case 'structured_input': {
      const inputs = listIn(item, 'inputs');
      const paused = item.status === 'pending' ? 'structured-input' : undefined;
      return { parts: [{ type: 'data', id, name: 'structured-input', data: { inputs } }], paused };
    }
    case 'task':
      return taskState(id, 0, objectIn(item, 'task'), false);
    case 'workflow': {
      const workflow = objectIn(item, 'workflow');
      const reasons = workflow.type === 'reasoning';
      const tasks = listIn(workflow, 'tasks')
        .filter(isObject)
        .map((task, index) => taskState(id, index, task, reasons));
      return {
        prelude: true,
        parts: tasks.flatMap(({ parts = [] }) => parts),
        sources: tasks.flatMap(({ sources = [] }) => sources),
        steps: tasks.flatMap(({ steps = [] }) => steps),
      };
    }
    default:
      return textState(id, item);
  }
}

/** A message, or an item of a type of the server's own that holds text. */
function textState(id: string, item: JSONObject): ItemState | undefined {
  const content = contentOf(item);
  const parts = content.flatMap((entry, index): PartInit[] => {
    const text = textIn(entry, ['text', 'content']);
    return text === undefined ? [] : [{ type: 'text', id: partId(id, index), text }];
  });
  if (!parts.length && item.type !== 'assistant_message') return undefined;
  return {
    parts,
    sources: content.flatMap((entry) => (isObject(entry) ? listIn(entry, 'annotations') : [])),
  };
}

function toolState(id: string, item: JSONObject): ItemState {
  const output = own(item, 'output');
  const over = item.status === 'completed' || (output !== undefined && output !== null);
  return {
    parts: [
      {
        type: 'tool-call',
        id: idIn(item, 'call_id') ?? id,
        name: stringIn(item, 'name') ?? 'tool',
        input: own(item, 'arguments'),
        output: output ?? undefined,
        state: over ? 'complete' : 'running',
      },
    ],
    paused: over ? undefined : 'client-tool',
  };
}

/** An image that is being made: each update brings a better one. */
export function imageState(id: string, from: JSONObject): ItemState {
  const url = stringIn(objectIn(from, 'image'), 'url');
  return { parts: url ? [{ type: 'file', id, mediaType: 'image/*', url }] : [] };
}

/** One task: a thought or a step of reasoning is a part, any other step is progress. */
export function taskState(item: string, index: unknown, task: JSONObject, reasons: boolean): ItemState {
  const id = partId(item, index);
  const title = stringIn(task, 'title', 'title_query');
  const content = stringIn(task, 'content');
  const sources = listIn(task, 'sources');
  if (!reasons && task.type !== 'thought')
    return {
      prelude: true,
      sources,
      steps: [{ key: id, text: title || content, icon: stringIn(task, 'icon') }],
    };
  const text = title && content ? `**${title}**\n\n${content}` : title || content;
  return { prelude: true, sources, parts: [{ type: 'reasoning', id, text }] };
}
