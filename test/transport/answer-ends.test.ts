import { events, type RunEvent } from '../../src/headless.js';
import type { Decoder, Protocol } from '../../src/protocols/protocol.js';
import { expect, until } from '../support/index.js';
import { asked, open, reply } from './backend.js';
import { heldTimers, listeners, stoppedClocks, withoutJitter } from './helpers.js';

const said = (text: string, id = '') => `${id && `id: ${id}\n`}data: ${text}\n\n`;

/** Every event is text; what `close` says is how the answer ends where the connection is closed. */
function wordsOf(decoder: Partial<Decoder> = {}): Protocol {
  const decode: Decoder['decode'] = ({ data }): RunEvent[] => [
    data === 'end' ? { type: 'run-end' } : { type: 'part-delta', id: 'text', delta: data },
  ];
  return {
    ...events,
    name: 'words',
    decoder: () => Object.assign(decoder, { decode, end: () => [], ...decoder }),
  };
}

const ends = { end: (): RunEvent[] => [{ type: 'run-end' }] };
const resumable = { protocol: wordsOf(), resumeEndpoint: '/rest' };
const rest = () => reply(said(' drift.', '2') + said('end'));

describe('an answer', () => {
  beforeEach(withoutJitter);

  it('that is closed ends as its protocol says', async () => {
    const { events } = await asked([() => reply(said('Clouds'))], { protocol: wordsOf(ends) });
    expect(events.at(-1)).to.deep.equal({ type: 'run-end' });
  });

  it('that breaks does not', async () => {
    const { events, text, error } = await asked(
      [() => reply(open([said('Clouds')], { breaks: true }).body)],
      {
        protocol: wordsOf(ends),
      },
    );
    expect(text).to.equal('Clouds');
    expect(events.map(({ type }) => type)).not.to.include('run-end');
    expect(error).to.include({ code: 'interrupted' });
  });

  it('that breaks when all of it is here is whole', async () => {
    const {
      events,
      error,
      asked: all,
    } = await asked([() => reply(open([said('Clouds', '1')], { breaks: true }).body), rest], {
      ...resumable,
      protocol: wordsOf({ ...ends, finished: true }),
    });
    expect(events.at(-1)).to.deep.equal({ type: 'run-end' });
    expect(error).to.equal(undefined);
    expect(all).to.have.length(1);
  });

  it('goes on after a broken connection, a silent one, and one that was closed', async () => {
    for (const body of [
      () => open([said('Clouds', '1')], { breaks: true }).body,
      () => open([said('Clouds', '1')]).body,
      () => said('Clouds', '1'),
    ]) {
      const { text, error } = await asked([() => reply(body()), rest], {
        ...resumable,
        limits: { idleTimeout: 50 },
      });
      expect(text).to.equal('Clouds drift.');
      expect(error).to.equal(undefined);
    }
  });

  it('says why it is asked for again', async () => {
    const { waits } = await asked([() => reply(said('Clouds', '1')), rest], resumable);
    expect(waits[0]?.reason).to.include({
      code: 'interrupted',
      message: 'The stream ended before its end mark',
    });
  });

  it('does not go on after its end, an error, or what nobody can read', async () => {
    const failing = (error: unknown) => ({
      ...resumable,
      protocol: {
        ...events,
        decoder: () => ({
          decode: () => {
            throw error;
          },
          end: () => [],
        }),
      },
    });
    for (const [body, options, expected] of [
      [said('Clouds', '1') + said('end'), resumable, undefined],
      [said('{"type":"error","message":"Busy"}', '1'), { ...resumable, protocol: events }, undefined],
      [
        said('Clouds', '1') + said('x'.repeat(100), '2'),
        { ...resumable, limits: { maxEventSize: 50 } },
        'overflow',
      ],
      [said('Clouds', '1'), failing(new Error('broken')), 'broken'],
      [said('Clouds', '1'), failing({ code: 'interrupted' }), 'interrupted'],
    ] as const) {
      const { asked: all, error } = await asked([() => reply(body), rest], options);
      expect(all, body).to.have.length(1);
      expect(error?.code ?? error?.message).to.equal(expected);
    }
  });

  it('keeps what the stream asked to wait over pieces and connections', async () => {
    stoppedClocks();
    const { body, push, close } = open([]);
    for (const piece of ['retry: 7000\n\n', said('Clouds', '1')]) push(piece);
    close();
    const { waits } = await asked([() => reply(body), () => reply(said(' drift', '2')), rest], resumable);
    expect(waits.map(({ until }) => until)).to.deep.equal([1_007_000, 1_007_000]);
  });

  it('keeps the thread that it named', async () => {
    const naming: Protocol = {
      ...events,
      decoder: () => ({
        decode: ({ data }) => [{ type: 'thread-update', ...(JSON.parse(data) as object) }],
        end: () => [],
      }),
    };
    const cut = () => reply(said('{"id":"t9"}', '1') + said('{"title":"Clouds"}'));
    const { last } = await asked([cut, rest], { protocol: naming, resumeEndpoint: '/{threadId}/rest' });
    expect(last?.address).to.equal('/t9/rest');
  });
});

describe('a stopped answer', () => {
  it('ends quietly, and leaves its connection', async () => {
    const stop = new AbortController();
    const { body, left } = open([said('Clouds')]);
    let read = false;
    const inspect = ({ bytes = 0 }) => void (read ||= bytes > 0);
    const run = asked([() => reply(body)], { protocol: wordsOf(ends) }, { inspect }, stop);
    await until(() => read);
    stop.abort();
    const { error, events } = await run;
    await left;
    expect(error).to.equal(undefined);
    expect(events.map(({ type }) => type)).not.to.include('run-end');
  });

  it('is not begun to be read', async () => {
    const stop = new AbortController();
    const { body, left } = open([]);
    const stopped = () => {
      stop.abort();
      return reply(body);
    };
    const { events, error } = await asked([stopped], { protocol: wordsOf(ends) }, {}, stop);
    await left;
    expect(events).to.deep.equal([]);
    expect(error).to.equal(undefined);
  });
});

describe('an answer that is whole but for its close', () => {
  const twoSeconds = (delay: number) => delay === 2000;
  const finished = () => ({ protocol: wordsOf({ ...ends, finished: true }) });

  it('is given two seconds after each piece, and then ended', async () => {
    const timers = heldTimers(twoSeconds);
    const { body, left, push } = open([said('Clouds')]);
    const run = asked([() => reply(body)], finished());
    const [first] = await until(() => timers.size && [...timers.keys()]);
    push(said(' drift'));
    const [second, ...more] = await until(() => !timers.has(first!) && timers.size && [...timers.keys()]);
    expect(more).to.deep.equal([]);
    timers.get(second!)!.run();
    const { text, events, error } = await run;
    await left;
    expect(text).to.equal('Clouds drift');
    expect(events.at(-1)).to.deep.equal({ type: 'run-end' });
    expect(error).to.equal(undefined);
  });

  it('is given its time where it goes on after all, or may', async () => {
    for (const [first, then] of [
      [{ finished: true }, { finished: false }],
      [{ finished: true, mayGoOn: true }, {}],
    ]) {
      const timers = heldTimers(twoSeconds);
      const { body, push, close } = open([]);
      const decoder = { ...ends, ...first };
      let pieces = 0;
      const inspect = ({ events = pieces }) => void (pieces = events);
      const run = asked([() => reply(body)], { protocol: wordsOf(decoder) }, { inspect });
      push(said('Clouds'));
      await until(() => pieces && (first!.mayGoOn || timers.size));
      Object.assign(decoder, then);
      push(said(' drift'));
      await until(() => pieces > 1 && !timers.size);
      close();
      expect((await run).text).to.equal('Clouds drift');
    }
  });

  it('leaves no timer behind, and nothing that listens but the request itself', async () => {
    const timers = heldTimers(twoSeconds);
    const stop = new AbortController();
    const count = listeners(stop.signal);
    const { body, close } = open([said('Clouds')]);
    const run = asked([() => reply(body)], finished(), {}, stop);
    await until(() => timers.size);
    close();
    await run;
    expect(timers.size).to.equal(0);
    expect(count()).to.equal(1);
  });

  it('is told from one that goes on', async () => {
    const timers = heldTimers(twoSeconds);
    const { body, push, close } = open([]);
    let held = 0;
    const inspect = () => void (held = Math.max(held, timers.size));
    push(said('Clouds'));
    push(said(' drift'));
    close();
    const { text } = await asked([() => reply(body)], { protocol: wordsOf(ends) }, { inspect });
    expect(text).to.equal('Clouds drift');
    expect(held).to.equal(0);
  });
});

describe('an answer that brings nothing more', () => {
  const long = (delay: number) => delay > 40;
  const limits = { idleTimeout: 100_000, progressTimeout: 1000, headersTimeout: 60_000 };

  /** An answer whose time is ours: what is pushed arrives, and its timer is looked at when we say so. */
  function watched(replies: Parameters<typeof asked>[0]) {
    const pass = stoppedClocks();
    const timers = heldTimers(long);
    let events = 0;
    let bytes = 0;
    const inspect = (note: { events?: number; bytes?: number }) => {
      events = note.events ?? events;
      bytes = note.bytes ?? bytes;
    };
    const run = asked(replies, { ...resumable, limits }, { inspect, wait: async () => pass(5000) });
    const timer = () => [...timers.values()].find(({ delay }) => delay <= 1000 && delay !== 200);
    return {
      ...{ pass, run, timer },
      seen: (count: number) => until(() => bytes >= count),
      begun: () => until(timer),
    };
  }

  it('ends, though heartbeats keep coming', async () => {
    const first = said('Clouds', '1');
    const { body, push } = open([first]);
    const { pass, run, timer, begun, seen } = watched([() => reply(body)]);
    await begun();
    await seen(first.length);
    pass(900);
    push(': still here\n\n');
    await seen(first.length + 14);
    pass(900);
    timer()!.run();
    expect(timer()!.delay, 'what has arrived is read first').to.equal(50);
    timer()!.run();
    const { error, asked: all } = await run;
    expect(error).to.include({ code: 'timeout', detail: 'no-progress' });
    expect(all, 'and is not asked for again').to.have.length(1);
  });

  it('is given its time from the last event on', async () => {
    const { body, push, close } = open([said('Clouds')]);
    const { pass, run, timer, begun, seen } = watched([() => reply(body)]);
    await begun();
    await seen(said('Clouds').length);
    pass(900);
    push(said(' drift'));
    await seen(said('Clouds').length + said(' drift').length);
    pass(900);
    timer()!.run();
    expect(timer()!.delay).to.equal(100);
    close();
    await run;
  });

  it('is given its time anew by each connection', async () => {
    const { body, push, close } = open([]);
    const { pass, run, timer, begun } = watched([() => reply(said('Clouds', '1')), () => reply(body)]);
    await begun();
    await until(() => timer()?.delay === 1000);
    pass(600);
    timer()!.run();
    expect(timer()!.delay).to.equal(400);
    push(said(' drift.', '2') + said('end'));
    close();
    expect((await run).text).to.equal('Clouds drift.');
  });
});
