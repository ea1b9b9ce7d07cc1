import { Chat, textOf, type ErrorCode } from '../../src/headless.js';
import { createSSEDecoder } from '../../src/wire/sse.js';
import { describeWithFixtures, expect, fixtureJson, play, type Step } from '../support/index.js';
import { bytewise, splits } from './replay.js';

/** A scripted server and the outcome it must have (`hostile/INDEX.md`). */
interface Script {
  id: string;
  category: string;
  protocol: string;
  note: string;
  needs?: string[];
  client?: unknown;
  attempts: { status?: number; headers?: Record<string, string>; steps?: ScriptStep[]; end?: unknown }[];
  expect: {
    status?: string;
    status_one_of?: string[];
    text?: string;
    text_one_of?: string[];
    text_prefix?: string;
    code?: ErrorCode | null;
    code_one_of?: ErrorCode[];
    requests?: number;
    events?: { type: string; data: string; last_id: string }[];
    event_count?: number;
    final_last_id?: string;
  };
}

type ScriptStep =
  /** A single byte, in one script. */
  | number
  | { w: string }
  | { ms: number }
  | { rep: { b64: string; times: number; every_ms?: number } }
  | { drip: { b64: string; every_ms: number } };

const bytesIn = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

/** Where we differ on purpose, or what belongs to work that is still to come, each with its reason. */
const differences: Record<string, string> = {
  'st-0109': 'a JSON string is text of another protocol; openai-chat passes over it',
  'st-0137':
    'blocks of one answer never interleave on the wire; cited spans are blocks too, so blocks are joined',
  'st-0175':
    'HTML labelled as an event stream is told apart as such (protocol), not taken for an empty answer',
  'st-0178': 'under a named protocol an event stream labelled text/plain is read; the entry allows both',
  'st-0187': 'a 304 reaches script as a network error or an empty answer, as the engine likes',
  'st-0197': 'needs a server that speaks no HTTP',
  'st-0207': 'needs the limits of the retry work',
  'st-0211': 'needs the progress clock of the retry work',
};

const steps = (list: ScriptStep[] = []): Step[] =>
  list.flatMap((step): Step[] => {
    if (typeof step === 'number') return [{ base64: btoa(String.fromCharCode(step)) }];
    if ('w' in step) return [{ base64: step.w }];
    if ('ms' in step) return [{ wait: step.ms }];
    if ('drip' in step) {
      const bytes = Array.from(bytesIn(step.drip.b64), (byte) => btoa(String.fromCharCode(byte)));
      return bytes.flatMap((base64) => [{ base64 }, { wait: step.drip.every_ms }]);
    }
    const { b64, times, every_ms: every } = step.rep;
    const write = new TextDecoder().decode(bytesIn(b64));
    // In few pieces where no time passes between: what is tested is the answer, not how a socket bears a million writes.
    if (!every && times > 64) {
      return [
        { repeat: { write: write.repeat(Math.floor(times / 64)), times: 64 } },
        { write: write.repeat(times % 64) },
      ];
    }
    return [{ repeat: { write, times: times < 0 ? 1000 : times, every } }];
  });

const ends = ['close', 'reset', 'truncate', 'hang'] as const;

/** One request, answered once, by an ending the play server knows: the rest is work on retry and resume. */
const isPlain = ({ id, attempts, needs, client, expect: wanted }: Script): boolean =>
  attempts.length === 1 &&
  !needs &&
  !client &&
  (wanted.requests ?? 1) === 1 &&
  ends.includes(attempts[0]!.end as 'close') &&
  !differences[id];

describeWithFixtures('hostile streams', () => {
  let scripts: Script[] = [];
  before(async () => {
    ({ streams: scripts } = await fixtureJson<{ streams: Script[] }>('hostile/streams.json'));
  });

  it('of the event layer give the standard’s events, whole, bytewise and at every split', () => {
    const grammar = scripts.filter(({ category }) => category === 'sse-grammar');
    expect(grammar.length).to.be.greaterThan(40);
    for (const { id, note, attempts, expect: wanted } of grammar) {
      if (differences[id]) continue;
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
  }).timeout(60_000);

  for (const category of ['chat-content', 'http', 'connection']) {
    it(`of ${category} end as they say`, async function () {
      this.timeout(120_000);
      const wrong: string[] = [];
      let count = 0;
      for (const script of scripts) {
        const { id, note, attempts, expect: wanted, protocol } = script;
        if (script.category !== category || !isPlain(script)) continue;
        count++;
        const { status, end } = attempts[0]!;
        // A body that its status forbids must not run into the next answer of the connection.
        const headers = { ...attempts[0]!.headers, connection: 'close' };
        const body = steps(attempts[0]!.steps);
        // A reset may overtake what was written before it.
        if (end === 'reset') body.push({ wait: 50 });
        const server = await play({ answers: [{ status, headers, steps: body, end: end as 'close' }] });
        // Patient where silence is not the point: three engines at once can stall for seconds.
        const patience = wanted.code === 'timeout' ? 1000 : 20_000;
        const limits = { idleTimeout: patience, headersTimeout: patience };
        const chat = new Chat({ endpoint: server.url, protocol, limits });
        const answer = await chat.send('Why?');
        const text = answer ? textOf(answer) : '';
        const code = chat.error.get()?.code;
        const fits =
          (wanted.status_one_of ?? [wanted.status]).includes(chat.status.get()) &&
          (wanted.text_one_of ?? [wanted.text ?? text]).includes(text) &&
          text.startsWith(wanted.text_prefix ?? '') &&
          (!code || (wanted.code_one_of ?? [wanted.code ?? code]).includes(code));
        if (!fits)
          wrong.push(
            `${id} ${note}: ${chat.status.get()} ${code ?? ''} ${JSON.stringify(text).slice(0, 60)}, wanted ${JSON.stringify(wanted).slice(0, 120)}`,
          );
      }
      expect(wrong).to.deep.equal([]);
      expect(count, 'scripts').to.be.greaterThan(5);
    });
  }
});
