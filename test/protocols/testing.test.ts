import type { Protocol } from '../../src/protocols/protocol.js';
import { checkProtocol } from '../../src/testing.js';
import { expect } from '../support/index.js';

/** The example of docs/protocols.md. */
const pirate: Protocol = {
  name: 'pirate',
  encode: ({ text, threadId }) => ({ body: { ahoy: text, ship: threadId } }),
  decoder: () => ({
    decode({ name, data }) {
      const cargo = JSON.parse(data) as { words: string };
      if (name === 'arr') return [{ type: 'part-delta', id: 'text', delta: cargo.words }];
      if (name === 'harbour') return [{ type: 'run-end' }];
      return null;
    },
    end: () => [],
  }),
};

const arr = (words: string) => `event: arr\ndata: ${JSON.stringify({ words })}\n\n`;
const whole = `${arr('Yo ho ')}event: parrot\ndata: {}\n\n${arr('ho ☠')}event: harbour\ndata: {}\n\n`;

describe('checkProtocol', () => {
  it('finds nothing wrong with a protocol that conforms', async () => {
    expect(
      await checkProtocol(pirate, [
        { name: 'whole', body: whole, text: 'Yo ho ho ☠' },
        { name: 'cut', body: arr('Yo'), text: 'Yo', status: 'error', code: 'interrupted' },
      ]),
    ).to.deep.equal([]);
  });

  it('tells what is wrong, and where', async () => {
    const wrong = await checkProtocol(pirate, [
      { name: 'whole', body: whole, text: 'Yo ho', status: 'stopped' },
    ]);
    expect(wrong).to.include('whole, whole: text is "Yo ho ho ☠", not "Yo ho"');
    expect(wrong).to.include('whole, byte by byte: status is "complete", not "stopped"');
  });

  it('finds a decoder that depends on how the bytes were cut', async () => {
    let calls = 0;
    const moody: Protocol = {
      ...pirate,
      decoder: () =>
        ++calls > 3
          ? { decode: () => null, end: () => [] }
          : pirate.decoder({ header: () => null, framing: 'sse' }),
    };
    expect(
      (await checkProtocol(moody, [{ name: 'whole', body: whole, text: 'Yo ho ho ☠' }])).join(),
    ).to.include('cut at byte 1');
  });
});
