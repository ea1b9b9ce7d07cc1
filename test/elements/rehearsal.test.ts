import { rehearse } from '../../src/elements/rehearsal.js';

import { expect, until } from '../support/index.js';
import { field, inside, is, list, log, part, read, shows, whole, widget } from './helpers.js';
import type { Widget } from './helpers.js';

const composer = (element: Widget) => part(element, 'chat-stream-composer');
/** What is rehearsed, while it is. */
const stage = (element: Widget) => inside(composer(element), '[inert]');
const stagedList = (element: Widget) => inside(stage(element)!, 'chat-stream-messages')!;
const staged = (element: Widget) => read(stagedList(element));
/** What a screen reader was told to say. */
const said = (element: Widget) =>
  [...element.shadowRoot!.querySelectorAll('[aria-live]')]
    .map(({ textContent }) => textContent)
    .join('')
    .trim();
const always = () => true;

/** The tests of this page share one page: what the first focus does happens once. */
describe('a rehearsal', () => {
  it('begins with the first focus and no other, from the bytes to the table, and leaves nothing', async () => {
    const element = await widget(whole('Yes'));
    let stages = 0;
    let most = '';
    new MutationObserver(() => {
      if (stage(element)) stages++;
    }).observe(composer(element).shadowRoot!, { childList: true });
    element.focus();
    await until(() => stage(element));
    await until(() => {
      if (stage(element)) most = staged(element);
      return !stage(element);
    });
    expect(most).to.include('const words = of(code);').and.to.include('more words2');
    expect(composer(element).shadowRoot!.querySelectorAll('chat-stream-messages')).to.have.length(0);
    field(element).blur();
    element.focus();
    const other = await widget(whole('Yes'));
    other.focus();
    await other.send('Go');
    await is(other, 'complete');
    expect(stages).to.equal(1);
    expect(!stage(other)).to.equal(true);
  });

  it('is not seen, heard or asked for, and is none of the page’s business', async () => {
    const element = await widget(whole('Yes'));
    let drawn = 0;
    let told = 0;
    element.blockRenderers = { code: () => void drawn++, table: () => void drawn++ };
    for (const type of ['chat-run-started', 'chat-run-ended', 'chat-message-added', 'chat-error'])
      document.addEventListener(type, () => told++);
    await element.updateComplete;
    const shown = read(element);
    const size = composer(element).getBoundingClientRect().height;
    const rehearsed = rehearse(composer(element).renderRoot, always);
    await until(() => stage(element) && staged(element).includes('more words2'));
    expect(getComputedStyle(stagedList(element)).visibility).to.equal('hidden');
    const { left, top, width, height } = element.getBoundingClientRect();
    expect(document.elementFromPoint(left + width / 2, top + height / 2)).to.equal(element);
    expect(composer(element).getBoundingClientRect().height).to.equal(size);
    expect(said(element)).to.equal('');
    await rehearsed;
    expect(read(element)).to.equal(shown);
    expect(element.messages).to.have.length(0);
    expect([drawn, told]).to.deep.equal([0, 0]);
    expect(await element.server.requests()).to.have.length(0);
  });

  it('leaves when a question is asked, which is answered as ever', async () => {
    const element = await widget(whole('Yes'));
    const rehearsed = rehearse(composer(element).renderRoot, () => !element.busy);
    await until(() => stage(element) && staged(element).includes('Words'));
    await Promise.all([element.send('Go'), rehearsed]);
    expect(!stage(element)).to.equal(true);
    await until(() => shows(log(element), 'Yes'));
    expect(read(list(element))).not.to.include('Words');
  });

  it('ends where it is when it is not wanted any more', async () => {
    const element = await widget(whole('Yes'));
    let looks = 0;
    let seen = '';
    const rehearsed = rehearse(composer(element).renderRoot, () => looks++ === 0);
    const watch = () => {
      if (!stage(element)) return;
      seen += staged(element);
      requestAnimationFrame(watch);
    };
    await until(() => looks > 0);
    watch();
    await rehearsed;
    expect(!stage(element)).to.equal(true);
    expect(seen).not.to.include('Words');
  });

  it('does not begin while an answer runs', async () => {
    const element = await widget(whole('Yes'));
    let changes = 0;
    new MutationObserver(() => changes++).observe(composer(element).shadowRoot!, { childList: true });
    await rehearse(composer(element).renderRoot, () => false);
    expect(changes).to.equal(0);
  });

  it('goes with its element, which works when it is put back', async () => {
    const element = await widget(whole('Yes'));
    const rehearsed = rehearse(composer(element).renderRoot, always);
    await until(() => stage(element) && staged(element).includes('Words'));
    const place = element.parentElement!;
    element.remove();
    await rehearsed;
    place.append(element);
    expect(!stage(element)).to.equal(true);
    await element.send('Go');
    await until(() => shows(log(element), 'Yes'));
  });
});
