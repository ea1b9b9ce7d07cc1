import { expect } from 'chai';
import * as fc from 'fast-check';

import { loadAll } from '../../src/markdown/characters.js';
import { describeWithFixtures, fixtureJson, fixtureText } from '../support/index.js';
import { tries } from '../support/seed.js';
import { render, shape } from './render.js';
import { commonMarkExamples } from './specification.js';

/** Longer texts come in random pieces alone: character by character one takes WebKit ten seconds. */
const most = 20_000;

/** The same nodes at the end, character by character and in random pieces. */
function expectSame(text: string, name: string, times: ReturnType<typeof tries>): void {
  const whole = render(text);
  const check = (pieces: string[]): void => {
    const streamed = render(pieces);
    if (streamed.isEqualNode(whole)) return;
    expect(shape(streamed), `${name}: ${JSON.stringify(pieces)}`).to.equal(shape(whole));
    throw new Error(`${name}: the same shape of other nodes for ${JSON.stringify(pieces)}`);
  };
  if (text.length < most) check(text.split(''));
  const sizes = fc.infiniteStream(fc.integer({ min: 1, max: 40 }));
  fc.assert(
    fc.property(sizes, (stream) => {
      const pieces: string[] = [];
      for (let at = 0; at < text.length;) {
        const size = stream.next().value!;
        pieces.push(text.slice(at, at + size));
        at += size;
      }
      check(pieces);
    }),
    times,
  );
}

describe('any split of any text ends in the same nodes', () => {
  before(loadAll);

  it('for every example of CommonMark', async () => {
    const examples = await commonMarkExamples();
    for (const { number, markdown } of examples)
      expectSame(markdown, `example ${number}`, tries(5, examples.length));
  });

  it('for all of them, one after the other', async () => {
    const examples = await commonMarkExamples();
    for (let at = 0; at < examples.length; at += 40) {
      const text = examples.slice(at, at + 40).map(({ markdown }) => markdown);
      expectSame(text.join('\n'), `examples from ${at}`, tries(5, Math.ceil(examples.length / 40)));
    }
  });
});

describeWithFixtures('any split of what others wrote ends in the same nodes', () => {
  before(loadAll);

  it('for recorded answers', async () => {
    const manifest = await fixtureJson<{ fixtures: { expected: string }[] }>('streams/manifest.json');
    let count = 0;
    for (const { expected } of manifest.fixtures) {
      const { text } = JSON.parse(await fixtureText(`streams/${expected}`)) as { text: string | null };
      if (!text || text.length > most) continue;
      expectSame(text, expected, tries(5, manifest.fixtures.length));
      count++;
    }
    expect(count).to.be.greaterThan(100);
  });

  it('for hostile addresses', async () => {
    const { links } = await fixtureJson<{ links: { id: string; url: string }[] }>('hostile/links.json');
    for (const { id, url } of links)
      expectSame(`[a](${url}) ![b](${url}) ${url}`, id, tries(1, links.length));
  });

  it('for hostile characters', async () => {
    const { cases } = await fixtureJson<{ cases: { id: string; input?: string }[] }>('hostile/unicode.json');
    for (const { id, input = '' } of cases)
      if (input.length < 3000) expectSame(input, id, tries(1, cases.length));
  });
});
