import { Chat, textOf } from '../../src/headless.js';
import { createSSEDecoder } from '../../src/wire/sse.js';
import { differences, differencesFrom, type Played } from '../support/fault-outcome.js';
import {
  bytesIn,
  gateOf,
  isGuarded,
  isRefused,
  playOfScript,
  type Script,
} from '../support/fault-scripts.js';
import { describeWithFixtures, expect, fixtureJson, play, until, type Play } from '../support/index.js';
import { bytewise, splits } from './replay.js';

/** How many are played at once: a browser opens six connections to one server. */
const atOnce = 4;

/** Patient where silence is not the point: three engines at once can stall for seconds. */
function limitsOf({ id, attempts, config, expect: wanted }: Script) {
  const silent = wanted.code === 'timeout' || wanted.code_one_of?.includes('timeout');
  const patience = silent ? 1000 : 20_000;
  return {
    idleTimeout: config ? 1500 : patience,
    headersTimeout: attempts.some(({ end }) => end === 'hang-before-headers') ? patience : 20_000,
    ...(config && { progressTimeout: config.progress_ms }),
    // An answer without an end is the same at a tenth of a gigabyte.
    ...(id === 'st-0223' && { maxAnswerSize: 100_000 }),
  };
}

const sizeOf = ({ steps = [] }: Script['attempts'][number]): number => {
  const sizes = steps.map((step) => {
    if (typeof step === 'number') return 1;
    if ('w' in step) return bytesIn(step.w).length;
    return 'rep' in step ? bytesIn(step.rep.b64).length * step.rep.times : 0;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
};

/** Lets each attempt be reset once the chat has read it. */
async function letReset({ attempts }: Script, chat: Chat, server: Play): Promise<void> {
  const seen = () => JSON.stringify([chat.report.get(), chat.messages.get().at(-1)]);
  let before = '';
  for (const [index, attempt] of attempts.entries()) {
    if (attempt.end !== 'reset') continue;
    await until(
      () => !chat.busy || ((chat.report.get()?.bytes ?? 0) >= sizeOf(attempt) && seen() !== before),
      `attempt ${index} was not read`,
    );
    before = seen();
    await server.release(gateOf(index));
  }
}

async function played(script: Script): Promise<Played> {
  const { needs = [], protocol } = script;
  const server = await play(playOfScript(script));
  const endpoint = isRefused(script) || isGuarded(script) ? server.otherUrl : server.url;
  let asked = 0;
  const chat = new Chat({
    endpoint,
    protocol,
    limits: limitsOf(script),
    ...(isRefused(script) && { idempotencyHeader: 'idempotency-key' }),
    ...(needs.includes('resume') && { resumeEndpoint: endpoint }),
    ...(needs.includes('header-provider') && { headers: () => ({ 'x-asked': String(++asked) }) }),
  });
  let flashed = false;
  chat.messages.subscribe(() => (flashed ||= textOf(chat.messages.get().at(-1)!).includes('\uFFFD')));
  const start = performance.now();
  const answered = chat.send('Why?');
  await letReset(script, chat, server);
  await answered;
  const took = performance.now() - start;
  return { chat, requests: await server.requests(), asked, took, flashed };
}

describeWithFixtures('hostile streams', () => {
  let scripts: Script[] = [];
  before(async () => {
    ({ streams: scripts } = await fixtureJson<{ streams: Script[] }>('hostile/streams.json'));
  });

  it('of the event layer give the standard’s events, whole, bytewise and at every split', () => {
    const grammar = scripts.filter(({ category }) => category === 'sse-grammar');
    expect(grammar.length).to.be.greaterThan(40);
    for (const { id, note, attempts, expect: wanted } of grammar) {
      const body = new Uint8Array(
        (attempts[0]!.steps ?? []).flatMap((step) =>
          typeof step === 'number' ? step : 'w' in step ? [...bytesIn(step.w)] : [],
        ),
      );
      // Longer ones repeat what the shorter ones hold.
      const cuts = body.length > 1000 ? [] : splits(body);
      for (const chunks of [[body], bytewise(body), ...cuts]) {
        const decoder = createSSEDecoder({ maxEventSize: 4e6 });
        const events = [...chunks.flatMap((chunk) => decoder.feed(chunk)), ...decoder.end()];
        const seen = events.map(({ name, data, id: lastId }) => ({
          type: name || 'message',
          data,
          last_id: lastId,
        }));
        if (wanted.events) expect(seen, `${id} ${note}`).to.deep.equal(wanted.events);
        else expect(seen, `${id} ${note}`).to.have.length(wanted.event_count!);
        if (wanted.final_last_id !== undefined)
          expect(decoder.lastEventId, `${id} ${note}`).to.equal(wanted.final_last_id);
      }
    }
  });

  const counts = { 'chat-content': 46, http: 36, connection: 17, size: 9, resume: 12 };
  for (const [category, count] of Object.entries(counts)) {
    it(`of ${category} end as they say`, async () => {
      const own = Object.getOwnPropertyNames(Object.prototype);
      const wrong: string[] = [];
      const due = scripts.filter((script) => script.category === category);
      expect(due.length, 'scripts').to.be.least(count);
      const work = async (): Promise<void> => {
        for (let script = due.shift(); script; script = due.shift()) {
          const { id, note, expect: wanted } = script;
          const found = differencesFrom(wanted, await played(script));
          if (found.length > 0 !== id in differences)
            wrong.push(`${id} ${note}: ${found.join('; ') || 'no difference any more'}`);
        }
      };
      await Promise.all(Array.from({ length: category === 'size' ? 1 : atOnce }, work));
      expect(wrong).to.deep.equal([]);
      expect(Object.getOwnPropertyNames(Object.prototype)).to.deep.equal(own);
    });
  }
});
