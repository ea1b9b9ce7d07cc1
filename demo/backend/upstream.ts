import { FetchTransport } from '../../src/transport/fetch-transport.js';
import type { Answer, Answerer, AnswerEvent } from './answer.js';
import { tokenize } from './pace.js';

export interface UpstreamOptions {
  /** With its version, such as `http://127.0.0.1:11434/v1`. */
  baseURL: string;
  apiKey?: string | undefined;
  /** The first the server lists, by default. */
  model?: string | undefined;
}

/**
 * Passes the conversation on to any server that speaks OpenAI Chat Completions, and its answer back.
 * The widget's own transport reads that answer: it runs in Node as it does in a page.
 */
export function answerFromModel({ baseURL, apiKey, model }: UpstreamOptions): Answerer {
  const base = baseURL.replace(/\/+$/, '');
  const headers: Record<string, string> = apiKey ? { Authorization: `Bearer ${apiKey}` } : {};
  const endpoint = `${base}/chat/completions`;

  return async function* ({ text, history }, { signal }): Answer {
    yield { type: 'progress', text: 'Asking the model', icon: 'sparkle', percent: 10 };
    model ??= await firstModel(base, headers, signal);
    const body = { model, messages: [...history, { role: 'user', content: text }], stream: true };
    const transport = new FetchTransport({ endpoint, protocol: 'openai-chat', headers, body: () => body });
    let pieces = 0;
    for await (const events of transport.run({ text, messages: [], threadId: null }, signal)) {
      for (const event of events) {
        if (event.type === 'part-delta' && event.kind !== 'reasoning') {
          pieces += 1;
          yield { type: 'text', text: event.delta };
        } else if (event.type === 'run-error') {
          return yield failed(event.status);
        } else if (event.type === 'run-end') {
          const { inputTokens = tokenize(text).length, outputTokens = pieces } = event.usage ?? {};
          return yield { type: 'done', usage: { input: inputTokens, output: outputTokens } };
        }
      }
    }
    // No end mark came: what arrived is not the whole answer.
    yield failed();
  };
}

async function firstModel(
  base: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<string> {
  const response = await fetch(`${base}/models`, { headers, signal });
  const { data } = (await response.json()) as { data?: Array<{ id: string }> };
  if (!data?.[0]) throw new Error('The model server lists no model: set OPENAI_MODEL');
  return data[0].id;
}

/** The server's own words are not passed on: they may tell of keys and accounts. */
const failed = (status?: number): AnswerEvent => ({
  type: 'error',
  message: status ? `The model server answered ${status}` : 'The model server broke off',
});
