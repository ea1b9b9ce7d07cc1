import type { RunEvent } from '../../model/run-event.js';
import { isObject, listIn, objectIn, own, stringIn, type JSONObject } from '../shared/fields.js';
import { SourceParts } from '../shared/source-parts.js';
import { ToolParts } from '../shared/tool-parts.js';

/** What Flowise sends beside the text: tools, sources, files, and what its agents did. */
export class FlowiseParts {
  readonly #tools = new ToolParts();
  readonly #sources = new SourceParts();
  /** How many announced calls of a tool have no result yet. */
  readonly #open = new Map<string, number>();
  readonly #seen = new Set<string>();
  #files = 0;
  readonly #data = new Set<string>();

  of(event: JSONObject): RunEvent[] {
    // Flows of several agents send lists of lists, with holes.
    const list = listIn(event, 'data').flat(3).filter(isObject);
    switch (event.event) {
      case 'calledTools':
        return list.flatMap((tool) => this.#called(tool));
      case 'usedTools':
        return list.flatMap((tool) => this.#used(tool));
      case 'sourceDocuments':
        return this.#sources.from({ sources: list.map(sourceOf) }, false);
      case 'artifacts':
        return list.flatMap((artifact) => this.#artifact(artifact));
      case 'fileAnnotations':
        return list.flatMap((note) =>
          this.#file('application/octet-stream', stringIn(note, 'filePath'), stringIn(note, 'fileName')),
        );
      default:
        return this.#whole(String(event.event), own(event, 'data'));
    }
  }

  #called(tool: JSONObject): RunEvent[] {
    const name = nameOf(tool);
    this.#open.set(name, (this.#open.get(name) ?? 0) + 1);
    return this.#tools.call({ name, input: own(tool, 'toolInput') });
  }

  /** Results are repeated as their list grows; one that answers an open call is news all the same. */
  #used(tool: JSONObject): RunEvent[] {
    const name = nameOf(tool);
    const open = this.#open.get(name) ?? 0;
    const key = JSON.stringify(tool);
    if (!open && this.#seen.has(key)) return [];
    this.#seen.add(key);
    const call = open ? [] : this.#called(tool);
    this.#open.set(name, Math.max(0, open - 1));
    return [
      ...call,
      ...this.#tools.result({ name, output: own(tool, 'toolOutput'), error: own(tool, 'error') }),
      ...this.#sources.from({ sources: listIn(tool, 'sourceDocuments').map(sourceOf) }, false),
    ];
  }

  #artifact(artifact: JSONObject): RunEvent[] {
    const kind = stringIn(artifact, 'type') ?? '';
    if (/^(png|jpe?g|gif|webp|svg)$/.test(kind)) {
      return this.#file(`image/${kind.replace('jpg', 'jpeg')}`, stringIn(artifact, 'data'));
    }
    const id = `artifact-${this.#files++}`;
    return [{ type: 'part-start', part: { type: 'data', id, name: 'artifact', data: artifact } }];
  }

  /** A path in Flowise's storage is no address: which one serves it is not said. */
  #file(mediaType: string, path = '', given?: string): RunEvent[] {
    const url = /^(https?:|data:)/i.test(path) ? path : undefined;
    const name = given ?? (url ? undefined : path.replace(/^FILE-STORAGE::/, ''));
    const id = `file-${this.#files++}`;
    return [{ type: 'part-start', part: { type: 'file', id, mediaType, url, name } }];
  }

  /** The whole of something, sent again as it grows. */
  #whole(name: string, data: unknown): RunEvent[] {
    if (this.#data.has(name)) return [{ type: 'part-update', id: name, patch: { data } }];
    this.#data.add(name);
    return [{ type: 'part-start', part: { type: 'data', id: name, name, data } }];
  }
}

const nameOf = (tool: JSONObject): string => stringIn(tool, 'tool') ?? 'tool';

/** Where a LangChain document comes from; its `source` may be an address, a path, or just a word. */
function sourceOf(document: unknown): JSONObject {
  const metadata = isObject(document) ? objectIn(document, 'metadata') : {};
  const source = stringIn(metadata, 'url', 'source') ?? '';
  return /^https?:/i.test(source)
    ? { url: source, title: stringIn(metadata, 'title') }
    : { title: stringIn(metadata, 'title') ?? source };
}
