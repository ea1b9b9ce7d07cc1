import type { Misbehaviour } from '../page/options.js';
import { json, type Ask } from '../protocols/route.js';
import type { Answer, AnswerContext, Answerer } from './answer.js';
import type { Answers, Reader } from './answers.js';
import { onTheWire } from './faults.js';
import { asksToResume, createAttempts, instead, marked, misbehave } from './misbehave.js';
import { collect, guarded, opened, remembered, withSourceList } from './stages.js';
import { sendAll, stream } from './stream.js';
import { addQuestion } from './threads.js';

/** What a request wishes for besides its question. */
export interface Wishes {
  misbehaviour: Misbehaviour | undefined;
  /** Whether the answer should outlive its connection. */
  resume: boolean;
  /** Where it was asked. */
  path: string;
}

/** A connection that nobody can come back to. */
const onlyOne = { connections: 0, middle: { first: Infinity, half: Infinity } };

/** The one way of every answer, whatever the protocol: answer → stages → misbehaviour → encoder → response. */
export function createResponder(answerer: Answerer, answers: Answers) {
  const attempts = createAttempts();

  return async function respond(
    ask: Ask,
    { misbehaviour, resume, path }: Wishes,
    context: AnswerContext & Reader,
  ): Promise<Response> {
    const { question, thread, reply } = ask;
    if (thread && question) addQuestion(thread, question);
    const same = `${misbehaviour} ${path} ${question}`;
    const refused = instead(misbehaviour, attempts.count(same));
    if (refused) return refused;
    attempts.forget(same);

    const history = ask.history ?? thread?.turns.slice(0, -1) ?? [];
    const canResume = 'encode' in reply && !reply.wire?.format;
    if (canResume && (resume || ask.resumption?.always || asksToResume(misbehaviour))) {
      const headers = reply.wire?.headers ?? {};
      const resumption = { threadId: thread?.id, ...ask.resumption };
      const running = answers.open({ misbehaviour, headers, resumption });
      const answer = marked(answerTo(misbehaviour, running.signal), running.reach);
      void sendAll(guarded(answer), reply.encode, running);
      return answers.respond(running.id, { ...context, lastEventId: null });
    }

    // Where nobody can come back, every cut is for good.
    const fault = asksToResume(misbehaviour) ? 'cut' : misbehaviour;
    const answer = guarded(answerTo(fault, context.signal));
    if ('json' in reply) return whole(answer, reply.json);
    return onTheWire(stream(answer, reply, context.signal), fault, { ...context, ...onlyOne });

    function answerTo(fault: Misbehaviour | undefined, signal: AbortSignal): Answer {
      const until = { ...context, signal };
      let answer = question ? answerer({ text: question, history }, until) : nothingAsked();
      if (thread) answer = remembered(answer, thread, signal);
      if (ask.sourcesInText) answer = withSourceList(answer);
      return misbehave(opened(answer), fault, until);
    }
  };
}

async function whole(answer: Answer, toBody: (text: string) => unknown): Promise<Response> {
  const { text, last } = await collect(answer);
  return last.type === 'error' ? json({ error: last.message }, 502) : json(toBody(text));
}

async function* nothingAsked(): Answer {
  yield { type: 'error', message: 'There is no message to answer' };
}
