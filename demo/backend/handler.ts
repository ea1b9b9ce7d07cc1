import type { IncomingMessage, ServerResponse } from 'node:http';
import { defaultPace, misbehaviours, type Misbehaviour } from '../page/options.js';
import { routes } from '../protocols/index.js';
import { json, type Ask, type Route } from '../protocols/route.js';
import type { Answer, AnswerContext, Answerer, Delay } from './answer.js';
import { createDocPages } from './doc-page.js';
import { answerFromDocs } from './docs-answer.js';
import { readPassages } from './documents.js';
import { isForeign } from './guard.js';
import { ConnectionCut, instead, misbehave } from './misbehave.js';
import { BodyError, disconnected, readJSON, writeResponse } from './node-http.js';
import { delay as realDelay } from './pace.js';
import { projectRoot } from './project-root.js';
import { createLibrary, type Library } from './search.js';
import { collect, guarded, opened, remembered, withSourceList } from './stages.js';
import { stream } from './stream.js';
import { addQuestion, createThreads } from './threads.js';
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
  const table = routes.map((route) => ({ ...route, pattern: toPattern(route.path) }));

  return async (req, res) => {
    const origin = `http://${req.headers.host ?? '127.0.0.1'}`;
    const url = new URL(req.url ?? '/', origin);
    if (req.method === 'GET') {
      const page = await docPage(url.pathname);
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
    const context = { signal, delay, origin, pace: toPace(option('pace')) ?? pace };
    try {
      const body = route.method === 'POST' ? await readJSON(req) : {};
      const params = route.pattern.exec(url.pathname)!.groups ?? {};
      const ask = route.read({ params, query: url.searchParams, body, threads });
      const response =
        ask instanceof Response ? ask : await respond(ask, toMisbehaviour(option('misbehave')), context);
      return await writeResponse(res, response);
    } catch (error) {
      if (error instanceof ConnectionCut) res.destroy();
      else if (error instanceof BodyError)
        await writeResponse(res, json({ error: error.message }, error.status));
      else throw error;
      return true;
    }
  };

  /** The one way of every answer, whatever the protocol: answer → stages → misbehaviour → encoder → response. */
  async function respond(
    ask: Ask,
    misbehaviour: Misbehaviour | undefined,
    context: AnswerContext,
  ): Promise<Response> {
    const { question, thread, reply } = ask;
    if (thread && question) addQuestion(thread, question);
    const refused = instead(misbehaviour);
    if (refused) return refused;

    const history = ask.history ?? thread?.turns.slice(0, -1) ?? [];
    let answer = question ? answerer({ text: question, history }, context) : nothingAsked();
    if (thread) answer = remembered(answer, thread);
    if (ask.sourcesInText) answer = withSourceList(answer);
    answer = guarded(misbehave(opened(answer), misbehaviour, context));
    return 'encode' in reply ? stream(answer, reply, context.signal) : whole(answer, reply.json);
  }
}

async function whole(answer: Answer, toBody: (text: string) => unknown): Promise<Response> {
  const { text, last } = await collect(answer);
  return last.type === 'error' ? json({ error: last.message }, 502) : json(toBody(text));
}

async function* nothingAsked(): Answer {
  yield { type: 'error', message: 'There is no message to answer' };
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
