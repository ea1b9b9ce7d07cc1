import type { RunEvent } from '../../model/run-event.js';
import { isObject, listIn, objectIn, own, type JSONObject } from '../shared/fields.js';
import { sourceIn } from '../shared/source-parts.js';

/** Finds the citations that hosts of OpenAI's formats add to an answer, and names each address once. */
export class OpenAICitations {
  readonly #seen = new Set<string>();

  /**
   * Beside the choices: `search_results` and, without titles, `citations` of Perplexity and xAI, repeated on every
   * chunk; `web_search` of Z.ai; DashScope's `search_info`; `sources` of Open WebUI.
   */
  inChunk(chunk: JSONObject): RunEvent[] {
    return this.add([
      ...listIn(chunk, 'search_results'),
      ...listIn(chunk, 'citations'),
      ...listIn(chunk, 'web_search'),
      ...listIn(objectIn(chunk, 'search_info'), 'search_results'),
      ...listIn(chunk, 'sources'),
    ]);
  }

  /** In a delta: annotations of OpenAI and OpenRouter, Azure's own data, the results of Groq's searches. */
  inDelta(delta: JSONObject): RunEvent[] {
    const cited = listIn(delta, 'annotations').map((entry) => isObject(entry) && own(entry, 'url_citation'));
    const found = listIn(delta, 'executed_tools').flatMap((tool) =>
      isObject(tool) ? listIn(objectIn(tool, 'search_results'), 'results') : [],
    );
    return this.add([...cited, ...listIn(objectIn(delta, 'context'), 'citations'), ...found]);
  }

  /** Any sources; those named before are left out. */
  add(list: readonly unknown[]): RunEvent[] {
    return list.flatMap((entry): RunEvent[] => {
      const source = sourceIn(entry);
      const key = source.url ?? source.title;
      if (key === undefined || this.#seen.has(key)) return [];
      const id = `source-${this.#seen.add(key).size}`;
      return [{ type: 'part-start', part: { type: 'source', id, ...source } }];
    });
  }
}
