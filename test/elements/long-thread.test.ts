import { resetMouse, sendMouse } from '@web/test-runner-commands';
import { html } from 'lit';
import { onCleanup } from '../support/cleanup.js';
import { axe, expect, fixture, until } from '../support/index.js';
import { buttonNamed, list, log, messages, read, shows } from './helpers.js';
import {
  atEnd,
  filling,
  frames,
  ids,
  many,
  painted,
  scrollTo,
  some,
  stream,
  thread,
  whole,
  widget,
} from './long-thread-helpers.js';

/** The search of the page, as a script can ask for it. */
function find(text: string): boolean {
  getSelection()!.removeAllRanges();
  return (window as unknown as { find(text: string): boolean }).find(text);
}

/** WebKit's search is for the person at the keyboard: a script that asks does not get into shadow trees. */
async function findsInShadowTrees(): Promise<boolean> {
  const host = await fixture(html`<div></div>`);
  host.attachShadow({ mode: 'open' }).textContent = 'quince';
  return find('quince');
}

describe('a long thread', () => {
  it('shows its end at once, and then is there as a whole, in its order', async () => {
    const given = thread(many);
    const element = await widget(given);
    await until(() => shows(log(element), `Answer ${many - 1}.`));
    expect(messages(element).length).to.be.lessThan(200);
    await atEnd(element);
    await whole(element, many);
    expect(ids(element)).to.deep.equal(given.map(({ id }) => id));
    for (const index of [0, 1, 15, 16, 17, 199, many - 17, many - 1])
      expect(read(messages(element)[index]!)).to.equal(given[index]!.text!.trim());
    await atEnd(element);
  });

  for (const where of ['in the middle of what is there', 'at its very start']) {
    it(`leaves a reader ${where} in place while older messages come`, async () => {
      const element = await widget(thread(many));
      await atEnd(element);
      await scrollTo(element, (top) => (where.includes('start') ? 0 : top / 2));
      const before = messages(element).length;
      expect(before).to.be.lessThan(many);
      const { message, place } = await painted(element);
      const places: number[] = [];
      await until(async () => {
        places.push((await painted(element, [message])).place);
        return messages(element).length === many;
      }, 'not all came');
      await frames(3);
      places.push((await painted(element, [message])).place);
      expect(Math.max(...places.map((other) => Math.abs(other - place)))).to.be.lessThan(2);
    });
  }

  it('is printed as a whole, though most of it has not come yet', async () => {
    // The page is never idle.
    const { requestIdleCallback, cancelIdleCallback } = window;
    onCleanup(() => Object.assign(window, { requestIdleCallback, cancelIdleCallback }));
    Object.assign(window, { requestIdleCallback: () => 0, cancelIdleCallback: () => {} });
    const element = await widget(thread(many));
    await atEnd(element);
    expect(messages(element).length).to.be.lessThan(many);
    window.dispatchEvent(new Event('beforeprint'));
    // A browser goes on when the microtasks of its listeners are done.
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    expect(messages(element).length).to.equal(many);
    expect(read(messages(element)[0]!)).to.equal('Question 0.');
    await frames(3);
    await atEnd(element);
  });

  it('lets a reader scroll up to its first message', async () => {
    const element = await widget(thread(some));
    await atEnd(element);
    await until(async () => {
      await scrollTo(element, (top) => top - 2000);
      const there = () => log(element).scrollTop === 0 && messages(element).length === some;
      // The last ones may have come just now, and the place of the reader is kept with the next frame.
      if (there()) await frames(3);
      return there();
    }, 'the start was not reached');
    const { message, place } = await painted(element);
    expect(message).to.equal(messages(element)[0]);
    expect(place).to.be.closeTo(18, 2);
  });

  it('stays where it was read when heights out of view turn out to be others', async () => {
    const element = await widget(thread(some));
    await whole(element, some);
    await atEnd(element);
    for (let n = 0; n < 25; n++) {
      await scrollTo(element, (top) => top - 150);
      const { message, place } = await painted(element);
      await frames(3);
      expect((await painted(element, [message])).place).to.be.closeTo(place, 2);
    }
  });

  it('goes to its end for a new question, also while older messages come', async () => {
    const { transport, tell, end } = stream();
    const element = await widget(thread(many), { transport });
    await atEnd(element);
    await scrollTo(element, (top) => top - 300);
    await until(() => !element.matches(':state(at-end)'));
    const answered = element.send('One more');
    tell('Here it is.');
    await until(() => shows(log(element), 'Here it is.'));
    await atEnd(element);
    end();
    await answered;
    await whole(element, many + 2);
    await atEnd(element);
    expect(ids(element).slice(0, many)).to.deep.equal(thread(many).map(({ id }) => id));
  });

  it('is not touched by an answer that grows at its end', async () => {
    const { transport, tell, end } = stream();
    const element = await widget(thread(300), { transport });
    await whole(element, 300);
    const answered = element.send('One more');
    tell('Begun. ');
    await until(() => shows(log(element), 'Begun.'));
    await frames(3);
    const old = messages(element).slice(0, -2);
    const changes: MutationRecord[] = [];
    const observer = new MutationObserver((records) => changes.push(...records));
    const all = { subtree: true, childList: true, attributes: true, characterData: true };
    for (const message of old) {
      observer.observe(message.shadowRoot!, all);
      const text = message.shadowRoot!.querySelector('chat-stream-markdown');
      if (text) observer.observe(text.shadowRoot!, all);
    }
    observer.observe(list(element).shadowRoot!, all);
    for (let n = 0; n < 20; n++) {
      tell(`Word ${n}. `);
      await until(() => shows(messages(element).at(-1)!, `Word ${n}.`));
    }
    await frames(2);
    changes.push(...observer.takeRecords());
    observer.disconnect();
    expect(changes.map(({ target }) => target.nodeName)).to.deep.equal([]);
    end();
    await answered;
  });

  it('is found by the search of the page', async function () {
    if (!(await findsInShadowTrees())) this.skip();
    const given = thread(some);
    given[1] = { id: 'm1', role: 'assistant', text: 'Here lies the pomegranate.' };
    const element = await widget(given);
    await whole(element, some);
    await frames(2);
    expect(find('pomegranate')).to.equal(true);
  });

  it('keeps a selection in an old message while an answer grows', async () => {
    const { transport, tell, end } = stream();
    const element = await widget(thread(300), { transport });
    await whole(element, 300);
    const answered = element.send('One more');
    tell('Begun. ');
    await until(() => shows(log(element), 'Begun.'));
    await scrollTo(element, (top) => top - 300);
    await until(() => !element.matches(':state(at-end)'));
    messages(element)[101]!.scrollIntoView({ block: 'center' });
    // What comes into view gets its real height.
    await frames(10);
    messages(element)[101]!.scrollIntoView({ block: 'center' });
    await frames(4);
    const { left, top } = messages(element)[101]!.getBoundingClientRect();
    onCleanup(resetMouse);
    const move = (x: number, y: number) =>
      sendMouse({ type: 'move', position: [Math.round(left + x), Math.round(top + y)] });
    await move(2, 10);
    await sendMouse({ type: 'down' });
    await move(60, 10);
    await move(120, 10);
    await sendMouse({ type: 'up' });
    const selected = await until(() => String(getSelection()), 'nothing is selected');
    expect('Answer 101. with some more').to.include(selected);
    tell(filling.repeat(20));
    tell('Done.');
    await until(() => shows(messages(element).at(-1)!, 'Done.'));
    end();
    await answered;
    await frames(3);
    expect(String(getSelection())).to.equal(selected);
    getSelection()!.removeAllRanges();
  });

  it('is one log for a screen reader, out of view too', async () => {
    const element = await widget(thread(120));
    await whole(element, 120);
    await axe(element);
    expect(messages(element)[0]!.closest('[role="log"]')).to.equal(log(element));
    expect(messages(element)[0]!.closest('[aria-hidden="true"], [hidden], [inert]')).to.equal(null);
  });

  it('keeps what a person did to the others when a message goes, changes or comes', async () => {
    const given = thread(100);
    const element = await widget(given);
    await whole(element, 100);
    const [before, after] = [messages(element)[31]!, messages(element)[71]!];
    const good = (message: Element) => buttonNamed(message, 'Good answer')!;
    for (const message of [before, after]) good(message).click();
    const { messages: had } = element;
    element.messages = [
      ...had.slice(0, 40),
      ...thread(3, 1000),
      { ...had[45]!, parts: [{ type: 'text', id: 'a', text: 'Changed.', done: true }] },
      ...had.slice(46),
    ];
    await until(() => shows(log(element), 'Changed.') && messages(element).length === 98);
    expect(ids(element).slice(38, 46)).to.deep.equal([
      ...['m38', 'm39', 'm1000', 'm1001', 'm1002', 'm45', 'm46', 'm47'],
    ]);
    for (const id of ['m31', 'm71']) {
      const message = messages(element).find(({ message }) => message!.id === id)!;
      expect(good(message).getAttribute('aria-pressed')).to.equal('true');
    }
  });

  it('gives way to another one, and to none, also before all of it came', async () => {
    const element = await widget(thread(many));
    await atEnd(element);
    expect(messages(element).length).to.be.lessThan(many);
    element.messages = thread(200, 5000);
    await until(() => shows(log(element), 'Answer 5199.'));
    await whole(element, 200);
    expect(ids(element)[0]).to.equal('m5000');
    element.messages = thread(many);
    await until(() => shows(log(element), `Answer ${many - 1}.`));
    element.clear();
    await until(() => !messages(element).length && element.matches(':state(empty)'));
    await frames(5);
    expect(messages(element).length).to.equal(0);
  });

  it('shows every message where ids are not unique', async () => {
    const given = thread(60).map((message) => ({ ...message, id: 'same' }));
    const element = await widget(given);
    await whole(element, 60);
    await until(() => shows(messages(element)[1]!, 'Answer 1.'));
    expect(messages(element).map(read)).to.deep.equal(given.map(({ text }) => text!.trim()));
  });

  it('takes older messages that a page puts in front, and leaves the reader in place', async () => {
    const element = await widget(thread(100, some - 100));
    await whole(element, 100);
    await scrollTo(element, () => 200);
    const { message, place } = await painted(element);
    element.messages = [...thread(some - 100), ...element.messages];
    await whole(element, some);
    await frames(3);
    expect((await painted(element, [message])).place).to.be.closeTo(place, 2);
    expect(ids(element)).to.deep.equal(thread(some).map(({ id }) => id));
  });

  it('begins at its start with follow=none', async () => {
    const element = await widget(thread(some), { follow: 'none' });
    await until(() => shows(log(element), 'Answer 1.'));
    expect(log(element).scrollTop).to.equal(0);
    await whole(element, some);
    expect(ids(element)).to.deep.equal(thread(some).map(({ id }) => id));
    expect(log(element).scrollTop).to.equal(0);
  });
});
