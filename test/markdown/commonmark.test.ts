import { expect } from 'chai';

import { loadAll } from '../../src/markdown/characters.js';
import { html, normal } from './html.js';
import { render } from './render.js';
import { commonMarkExamples, type Example } from './specification.js';

const TAG =
  /<(?:[a-z][a-z\d-]*(?:\s[^<>]*)?\/?>|\/[a-z][a-z\d-]*\s*>|!--|\?[^]*?\?>|![A-Z]|!\[CDATA\[)|^<\w+ .*$/gim;

/** Whether raw HTML of the text is HTML in the result: here it is text, by policy. */
const holdsHtml = ({ markdown, html: expected }: Example): boolean =>
  [...markdown.matchAll(TAG)].some(([tag]) => expected.includes(tag));

/** Any address, as the specification spells it: which may be links is another matter. */
function url(destination: string): string {
  const encoded = encodeURI(destination).replace(/%25([\da-f]{2})/gi, '%$1');
  return encoded.replace(/[[\]]/g, encodeURIComponent);
}

/** A bare address is a link, as GFM wants it (section 6.9). */
const BARE_ADDRESSES = [602, 608, 611, 612];

describe('CommonMark 0.31', () => {
  let examples: Example[];
  before(async () => {
    await loadAll();
    examples = await commonMarkExamples();
  });

  it('agrees with every example that holds no raw HTML', () => {
    expect(examples.length).to.equal(652);
    const plain = examples.filter((example) => !holdsHtml(example));
    expect(plain.length).to.equal(580);
    const wrong = plain.filter(
      ({ markdown, html: expected }) => html(render(markdown, { url })) !== normal(expected),
    );
    expect(wrong.map(({ number }) => number)).to.deep.equal(BARE_ADDRESSES);
  });

  it('shows raw HTML as text, whatever else the example is about', () => {
    // Not: what is no text of the result either, such as comments and the few tags that are no danger.
    for (const { number, markdown } of examples.filter(holdsHtml)) {
      const root = render(markdown);
      for (const [tag] of markdown.matchAll(/<(?:del|b|i|table|div|script|style|pre|textarea)\b[^<>\n]*>/g))
        expect(root.textContent, `${number}`).to.include(tag.replaceAll(/\\(?=[*_])/g, ''));
    }
  });
});
