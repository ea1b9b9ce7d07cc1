import { expect } from 'chai';

import { MarkdownWriter } from '../../src/markdown/index.js';
import { until } from '../support/index.js';
import { shape } from './render.js';

// In a page of its own: the table of all names is fetched once, for the first that needs it.
describe('the name of a character that is not known yet', () => {
  it('becomes the character once the table is there, also in text that went on plainly', async () => {
    const root = document.createElement('div');
    const writer = new MarkdownWriter(root);
    for (const piece of ['a &rarr; b, *so* to', ' say', ' more']) writer.write(piece);
    writer.end();
    expect(shape(root)).to.equal('<p>a &rarr; b, <em>so</> to say more</>');
    await until(() => root.textContent.includes('→'));
    expect(shape(root)).to.equal('<p>a → b, <em>so</> to say more</>');
  });
});
