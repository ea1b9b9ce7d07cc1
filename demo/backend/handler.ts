import type { IncomingMessage, ServerResponse } from 'node:http';
import { defaultPace, misbehaviours, type Misbehaviour } from '../page/options.js';
import { routes } from '../protocols/index.js';
import { json, type Route } from '../protocols/route.js';
import type { Answerer, Delay } from './answer.js';
import { createAnswers } from './answers.js';
import { createDocPages } from './doc-page.js';
import { answerFromDocs } from './docs-answer.js';
import { readPassages } from './documents.js';
import { ConnectionCut } from './faults.js';
import { isForeign } from './guard.js';
import { BodyError, disconnected, readJSON, writeResponse } from './node-http.js';
import { delay as realDelay } from './pace.js';
import { projectRoot } from './project-root.js';
import { createLibrary, type Library } from './search.js';
import { createResponder } from './respond.js';
import { createThreads } from './threads.js';
import { answerFromModel, type UpstreamOptions } from './upstream.js';

export interface DemoBackendOptions {
  /** The folder whose README.md, CONTRIBUTING.md and `docs/` are searched; this project's own. */
  root?: string;
  /** A model server to pass questions on to; without it the documentation answers. */
  upstream?: UpstreamOptions | undefined;
  /** Tokens a second where the request names no `pace`; 40. */
  pace?: number;
  /** How the backend waits; tests pass one that does not. */
  delay?: Delay;
}

/** Answers a request if it is one of the backend's addresses: true if it was. */
export type DemoBackend = (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;

/** A chat backend for Node's http server that speaks every protocol of `demo/protocols/`. */
export function createDemoBackend(options: DemoBackendOptions = {}): DemoBackend {
  const { root = projectRoot(), upstream, pace = defaultPace, delay = realDelay } = options;
  let library: Promise<Library> | undefined;
  const openLibrary = () => (library ??= readPassages(root).then(createLibrary));
  const answerer: Answerer = upstream ? answerFromModel(upstream) : answerFromDocs(openLibrary);
  const docPage = createDocPages(openLibrary);
  const threads = createThreads();
  const answers = createAnswers();
  const respond = createResponder(answerer, answers);
  const table = routes.map((route) => ({ ...route, pattern: toPattern(route.path) }));

  return async (req, res) => {
    const origin = `http://${req.headers.host ?? '127.0.0.1'}`;
    const url = new URL(req.url ?? '/', origin);
    if (req.method === 'GET') {
      const page = await docPage(url);
      if (page) return writeResponse(res, page);
    }
    const known = table.filter(({ pattern }) => pattern.test(url.pathname));
    if (!known.length) return false;
    if (isForeign(req)) return writeResponse(res, json({ error: 'Only pages of this server may ask' }, 403));
    const route = known.find(({ method }) => method === req.method);
    if (!route)
      return writeResponse(res, json({ error: 'Method not allowed' }, 405, { Allow: allowed(known) }));

    const signal = disconnected(res);
    const option = (name: string) => url.searchParams.get(name) ?? req.headers[`x-demo-${name}`]?.toString();
    const lastEventId = req.headers['last-event-id']?.toString() ?? null;
    const context = { signal, delay, origin, lastEventId, pace: toPace(option('pace')) ?? pace };
    const wishes = {
      misbehaviour: toMisbehaviour(option('misbehave')),
      resume: option('resume') !== undefined,
      path: url.pathname,
    };
    try {
      const ask = await route.read({
        params: route.pattern.exec(url.pathname)!.groups ?? {},
        query: url.searchParams,
        body: route.method === 'POST' ? await readJSON(req) : {},
        threads,
        answers,
        lastEventId,
        resume: (id) => answers.respond(id, context),
      });
      return await writeResponse(res, ask instanceof Response ? ask : await respond(ask, wishes, context));
    } catch (error) {
      if (error instanceof ConnectionCut) res.destroy();
      else if (error instanceof BodyError)
        await writeResponse(res, json({ error: error.message }, error.status));
      else throw error;
      return true;
    }
  };
}

/** `/api/:user/chat` as a pattern with named groups. */
const toPattern = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\/:(\w+)/g, '/(?<$1>[^/]+)')}$`);

const allowed = (known: Route[]): string => known.map(({ method }) => method).join(', ');

const toMisbehaviour = (value: string | undefined): Misbehaviour | undefined =>
  value !== undefined && Object.hasOwn(misbehaviours, value) ? (value as Misbehaviour) : undefined;

function toPace(value: string | undefined): number | undefined {
  const pace = value ? Number(value) : Number.NaN;
  return pace >= 0 ? Math.min(pace, 10_000) : undefined;
}
