import type { RunEvent } from '../../src/headless.js';
import type { Decoder, Protocol } from '../../src/protocols/protocol.js';
import { EventReader } from '../../src/transport/event-reader.js';
import type { RunReport } from '../../src/transport/transport.js';
import type { WireEvent } from '../../src/wire/wire-event.js';
import { expect } from '../support/index.js';

const wire = (data: string, name = ''): WireEvent => ({ name, data, id: '' });
const delta = (text: string): RunEvent => ({ type: 'part-delta', id: 'text', delta: text });

/** Understands `text …`, `mark` (which says nothing yet), and `end`; all else is strange to it. */
const plain: Pick<Decoder, 'decode' | 'end'> = {
  decode: ({ data }) => {
    if (data === 'mark') return [];
    if (data === 'end') return [{ type: 'run-end' }];
    return data.startsWith('text ') ? [delta(data.slice(5))] : null;
  },
  end: () => [],
};

function readerOf(decoder: Partial<Decoder> = {}, headers: HeadersInit = {}) {
  const report: Partial<RunReport> = {};
  let started = 0;
  const heard: (string | null)[] = [];
  const protocol: Protocol = {
    name: 'ours',
    encode: () => ({ body: {} }),
    decoder: ({ framing, header }) => {
      started++;
      heard.push(framing, header('x-hint'));
      return Object.assign(decoder, { ...plain, ...decoder });
    },
  };
  const reader = new EventReader(protocol, new Headers(headers), (note) => Object.assign(report, note));
  return { reader, report, heard, started: () => started };
}

/** The reader of an answer that began, as an event stream. */
function started(decoder: Partial<Decoder> = {}) {
  const all = readerOf(decoder);
  all.reader.start('sse');
  return all;
}

async function read(reader: EventReader, ...events: WireEvent[]): Promise<RunEvent[][]> {
  const batches: RunEvent[][] = [];
  for (const batch of reader.read(events)) batches.push([...(await batch)]);
  return batches;
}

const failureOf = (task: Promise<unknown>): Promise<Error & { code?: string; detail?: string }> =>
  task.then(
    () => new Error('none'),
    (error: Error) => error,
  );

describe('the reader of events', () => {
  it('reports the protocol that reads, and none for a body that has no events', () => {
    const { reader, report } = readerOf();
    reader.end();
    expect(report.protocol).to.equal(null);
    reader.start('sse');
    reader.end();
    expect(report.protocol).to.equal('ours');
  });

  it('hands the protocol the framing and the headers, once for all connections', async () => {
    const { reader, heard, started } = readerOf({}, { 'x-hint': 'yes' });
    reader.start('json-lines');
    reader.start('sse');
    expect(heard).to.deep.equal(['json-lines', 'yes']);
    reader.restart();
    expect(heard.slice(2), 'for the answer from its start').to.deep.equal(['json-lines', 'yes']);
    expect(started()).to.equal(2);
  });

  it('understands nothing before it is started', async () => {
    const { reader, report, started } = readerOf();
    reader.restart();
    expect(started()).to.equal(0);
    expect(reader.finished).to.equal(false);
    expect(reader.end()).to.deep.equal([]);
    expect(await read(reader, wire('text a'))).to.deep.equal([[]]);
    expect(report).to.include({ events: 1, ignored: 1 });
    expect((await failureOf(read(reader, wire('end')))).message).to.equal('none');
  });

  it('says whether only a close is to come, as the protocol does', () => {
    expect(started().reader.finished).to.equal(false);
    expect(started({ finished: true }).reader.finished).to.equal(true);
    expect(started({ finished: true }).reader.closing).to.equal(true);
    expect(started({ finished: true, mayGoOn: true }).reader.closing).to.equal(false);
    expect(started({ mayGoOn: false }).reader.closing).to.equal(false);
  });

  it('gives the run events of a piece at once, and tells of it though nothing came', async () => {
    const { reader, report } = started();
    expect(await read(reader, wire('text a'), wire('mark'), wire('text b'), wire('end'))).to.deep.equal([
      [delta('ab'), { type: 'run-end' }],
    ]);
    expect(await read(reader)).to.deep.equal([[]]);
    reader.count(new Uint8Array(7));
    await read(reader);
    reader.count(new Uint8Array(3));
    await read(reader);
    expect(report).to.deep.equal({
      ...{ bytes: 10, events: 4, ignored: 0, ignoredNames: [], protocol: 'ours' },
    });
  });

  it('pauses after every 128 events', async () => {
    const many = Array.from({ length: 257 }, (_, index) => wire(`text ${index},`));
    const batches = await read(started().reader, ...many);
    const said = (from: number, to?: number) => [
      delta(
        many
          .slice(from, to)
          .map(({ data }) => data.slice(5))
          .join(''),
      ),
    ];
    expect(batches).to.deep.equal([said(0, 128), said(128, 256), said(256)]);
    expect(await read(started().reader, ...many.slice(0, 128))).to.have.length(1);
  });

  it('makes one of the deltas of a part that follow each other, and leaves the protocol’s own alone', async () => {
    const own: Record<string, RunEvent[]> = {
      a: [delta('a')],
      twice: [delta('1'), delta('2')],
      other: [{ type: 'part-delta', id: 'other', delta: 'o' }],
      thought: [{ type: 'part-delta', id: 'text', delta: 't', kind: 'reasoning' }],
      end: [{ type: 'part-end', id: 'text' }],
    };
    const before = structuredClone(own);
    const { reader } = started({ decode: ({ data }) => own[data] ?? null });
    const told = ['a', 'a', 'odd', 'twice', 'other', 'a', 'thought', 'thought', 'a', 'end', 'a'];
    expect(await read(reader, ...told.map((data) => wire(data)))).to.deep.equal([
      [
        delta('aa12'),
        ...own.other!,
        delta('a'),
        { ...own.thought![0], delta: 'tt' },
        delta('a'),
        ...own.end!,
        delta('a'),
      ],
    ]);
    expect(await read(reader, wire('a')), 'the next batch is its own').to.deep.equal([[delta('a')]]);
    expect(own).to.deep.equal(before);
  });

  it('waits for a part of the protocol that is on its way', async () => {
    const decoder: { pending?: Promise<RunEvent[]> | undefined } = {
      pending: Promise.resolve([delta('late')]),
    };
    const batches = started(decoder).reader.read([wire('text a')]);
    expect(batches.next().value).to.deep.equal([delta('a')]);
    // What was on its way has arrived while the first batch was read.
    decoder.pending = undefined;
    expect(await batches.next().value).to.deep.equal([delta('late')]);
    expect(batches.next().done).to.equal(true);
  });

  it('names the protocol that was recognised, or none yet', async () => {
    for (const recognised of [null, 'openai-chat']) {
      const { reader, report } = started({ recognised });
      await read(reader);
      expect(report.protocol).to.equal(recognised);
    }
  });
});

describe('events that mean nothing', () => {
  it('are counted, and named by their type, their name or their first words', async () => {
    const { reader, report } = started();
    await read(
      reader,
      wire('text a'),
      wire('{"id":1,"type" : "odd"}', 'named'),
      wire('{"type":"odd"}'),
      wire('{"type":""}', 'named'),
      wire('x'.repeat(100)),
      wire(`{"type":"${'y'.repeat(61)}"}`, 'long'),
      wire(`${' '.repeat(200)}{"type":"far"}`, 'far off'),
    );
    expect(report).to.include({ events: 7, ignored: 6 });
    expect(report.ignoredNames).to.deep.equal(['odd', 'named', 'x'.repeat(60), 'long', 'far off']);
  });

  it('are named up to twenty', async () => {
    const { reader, report } = started();
    await read(reader, wire('text a'), ...Array.from({ length: 25 }, (_, index) => wire(`odd ${index}`)));
    expect(report.ignored).to.equal(25);
    expect(report.ignoredNames).to.have.length(20);
    expect(report.ignoredNames?.at(-1)).to.equal('odd 19');
  });

  it('are another protocol’s where twenty come and none is understood', async () => {
    const strange = Array.from({ length: 20 }, (_, index) => wire(`[odd ${index % 2}`));
    const { reader } = started();
    await read(reader, ...strange.slice(1));
    const failure = await failureOf(read(reader, wire('[odd 1')));
    expect(failure).to.include({ code: 'protocol', detail: 'mismatch' });
    expect(failure.message).to.equal(
      'The answer is not in the protocol "ours": its events are [odd 1, [odd 0',
    );
  });

  it('are the backend’s own affair once one was understood, be it without a meaning', async () => {
    for (const first of ['text a', 'mark']) {
      const { reader } = started();
      await read(reader, wire('[odd'), wire(first), ...Array.from({ length: 30 }, () => wire('[odd')));
      expect(await read(reader, wire('end'))).to.deep.equal([[{ type: 'run-end' }]]);
      expect(reader.end()).to.deep.equal([]);
    }
  });

  it('are another protocol’s where nothing but an end mark follows, or a close', async () => {
    const { reader } = started();
    expect(await failureOf(read(reader, wire('[odd'), wire('end')))).to.include({ detail: 'mismatch' });
    const closed = started();
    await read(closed.reader, wire('[odd'));
    expect(() => closed.reader.end()).to.throw('its events are [odd');
  });

  it('are forgiven where the close says what the answer is', async () => {
    const { reader, report } = started({ end: () => [{ type: 'run-end' }] });
    await read(reader, wire('[odd'));
    reader.count(new Uint8Array(5));
    expect(reader.end()).to.deep.equal([{ type: 'run-end' }]);
    expect(report.bytes, 'told at the close too').to.equal(5);
  });

  it('leave a bare end mark what it is', async () => {
    const { reader } = started();
    expect(await read(reader, wire('end'))).to.deep.equal([[{ type: 'run-end' }]]);
    expect(reader.end()).to.deep.equal([]);
  });

  it('are told by the protocol that knows them', async () => {
    const chunk = wire('{"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Hi"}}]}');
    const { reader } = started();
    const failure = await failureOf(read(reader, wire('[odd'), chunk, wire('end')));
    expect(failure.message).to.equal('The answer is not in the protocol "ours": it looks like "openai-chat"');
    const unstarted = readerOf().reader;
    await read(unstarted, chunk);
    expect(() => unstarted.end(), 'also before the framing was known').to.throw(
      'it looks like "openai-chat"',
    );
  });
});
