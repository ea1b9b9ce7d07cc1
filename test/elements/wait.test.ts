import type { RunEvent } from '../../src/model/run-event.js';
import type { RunRequest } from '../../src/transport/transport.js';
import { expect, press, until } from '../support/index.js';
import { clock, seconds } from '../support/time.js';
import {
  button,
  buttonNamed,
  field,
  inside,
  is,
  list,
  log,
  messages,
  nameOf,
  read,
  shows,
  widget,
} from './helpers.js';
import {
  asked,
  cut,
  failure,
  goOn,
  last,
  text,
  tooMany,
  waitFor,
  waiting,
  waitText,
} from './wait-helpers.js';

/** Never an element itself: a message about one takes minutes to print. */
const isFocused = (host: Element, target: Element) =>
  host.shadowRoot!.activeElement?.shadowRoot?.activeElement === target;
const choice = (element: Element, name: string) => buttonNamed(last(element), name)!;

describe('what a person sees while a run waits', () => {
  it('is when it is tried again and why, counted down, then the work again', async () => {
    const time = clock();
    const { element, script } = await asked();
    await until(() => shows(last(element), 'Working'));
    script.push(waitFor('retry', 4000));
    await until(() => waitText(element).startsWith('Trying again in 4 s'));
    expect(waitText(element)).to.include('Too many questions at once.');
    expect(shows(last(element), 'Working')).to.equal(false);
    expect(shows(element, 'Working')).to.equal(false);
    expect([...waiting(element)!.querySelectorAll('button')].map(nameOf)).to.deep.equal(['Try now', 'Stop']);
    time.pass(1000);
    await until(() => waitText(element).startsWith('Trying again in 3 s'));
    time.pass(5000);
    await until(() => /Trying again T/.test(waitText(element)), 'no number below one');
    script.push(goOn);
    await until(() => !waiting(element) && shows(last(element), 'Working'));
    script.push(text('Yes'), { type: 'run-end' });
    await is(element, 'complete');
    await until(() => shows(last(element), 'Yes'));
  });

  it('says what kind of trouble it is', async () => {
    const { element, script } = await asked();
    script.push(waitFor('retry', 9000, failure({ code: 'http', status: 503 })));
    await until(() => waitText(element).includes('The service is busy.'));
    script.push(waitFor('retry', 9000, failure({ code: 'network' })));
    await until(() => waitText(element).includes('The service could not be reached.'));
  });

  it('stands below the half answer, whose caret rests', async () => {
    clock();
    const { element, script } = await asked();
    script.push(text('One half'));
    await until(() => shows(last(element), 'One half'));
    const paragraph = inside(inside(last(element), 'chat-stream-markdown')!, 'p')!;
    const caret = () => getComputedStyle(paragraph, '::after').content !== 'none';
    expect(caret()).to.equal(true);
    script.push(waitFor('resume', 4000));
    await until(() => waitText(element).startsWith('Connection lost. Reconnecting in 4 s'));
    expect(caret()).to.equal(false);
    expect(waiting(element)!.getBoundingClientRect().top).to.be.at.least(
      paragraph.getBoundingClientRect().bottom,
    );
    expect(read(element)).not.to.include('Answering');
    script.push(goOn, text(' and more'));
    await until(() => !waiting(element) && shows(last(element), 'One half and more'));
    expect(caret()).to.equal(true);
    expect(read(element)).to.include('Answering');
  });

  it('is that there is no network, without a number', async () => {
    const { element, script } = await asked();
    script.push(text('Half'), waitFor('resume', null));
    await until(() =>
      waitText(element).startsWith('You are offline. Going on when the connection is back. Try'),
    );
  });

  it('is in the words of the page', async () => {
    clock();
    const { element, script } = await asked();
    element.strings = { waiting: (_wait, seconds) => `Noch ${seconds} s`, tryNow: 'Jetzt' };
    script.push(waitFor('resume', 3900));
    await until(() => /^Noch 4 s\s*Jetzt\s*Stop$/.test(waitText(element)));
  });

  it('is nothing where a wait is over before it is read', async () => {
    const { element, script } = await asked();
    script.push(text('Half'), waitFor('resume', 200));
    await until(() => element.thread.run?.wait);
    await until(() => shows(last(element), 'Half'));
    await list(element).updateComplete;
    await last(element).updateComplete;
    expect(waitText(element)).to.equal('');
  });

  it('keeps its place when a digit goes', async () => {
    const time = clock();
    const { element, script } = await asked();
    script.push(waitFor('retry', 10_000));
    await until(() => waitText(element).startsWith('Trying again in 10 s'));
    const boxes = () =>
      ['.count', '.count > span', 'button'].map((selector) => {
        const { x, y, height } = waiting(element)!.querySelector(selector)!.getBoundingClientRect();
        return [x, y, height];
      });
    const width = () => waiting(element)!.querySelector('.count')!.getBoundingClientRect().width;
    const before = [boxes(), width()];
    time.pass(1000);
    await until(() => waitText(element).startsWith('Trying again in 9 s'));
    expect([boxes(), width()]).to.deep.equal(before);
  });

  it('goes away from an answer that another one follows', async () => {
    const { element, script } = await asked();
    script.push(text('One'), waitFor('resume', 9000));
    await until(() => waiting(element));
    const first = last(element);
    script.push(goOn, { type: 'message-end' }, { type: 'message-start', id: 'b' });
    script.push({ type: 'part-delta', id: 'second', delta: 'Two', kind: 'text' });
    await until(() => last(element) !== first && shows(last(element), 'Two'));
    await until(() => !shows(first, 'Connection lost'));
  });

  it('goes away with the run', async () => {
    const { element, script } = await asked();
    script.push(text('Half'), waitFor('resume', 9000));
    await until(() => waiting(element));
    script.push({ type: 'run-error', ...cut });
    await is(element, 'error');
    await until(() => !waiting(element) && shows(last(element), 'Incomplete'));
  });
});

describe('the choices while a run waits', () => {
  /** A transport that waits for a minute, as a real one does, and then answers. */
  const patient = {
    async *run(request: RunRequest, signal: AbortSignal): AsyncGenerator<readonly RunEvent[]> {
      await request.wait?.({ kind: 'retry', until: Date.now() + 60_000, reason: tooMany }, signal);
      yield [text('There'), { type: 'run-end' }];
    },
  };

  it('are to try now, which keeps the focus in the list', async () => {
    const element = await widget();
    element.transport = patient;
    void element.send('Go');
    await until(() => waiting(element));
    choice(element, 'Try now').focus();
    await press('Enter');
    await is(element, 'complete');
    await until(() => shows(last(element), 'There') && !waiting(element));
    expect(isFocused(element, log(element))).to.equal(true);
  });

  it('are to stop, and Escape', async () => {
    const element = await widget();
    element.transport = patient;
    void element.send('Go');
    await until(() => waiting(element));
    choice(element, 'Stop').click();
    await is(element, 'stopped');
    await until(() => !waiting(element) && shows(last(element), 'Stopped'));
    void element.send('Go');
    await until(() => waiting(element));
    choice(element, 'Try now').focus();
    await press('Escape');
    await is(element, 'stopped');
    await until(() => !waiting(element));
    expect(isFocused(element, log(element))).to.equal(true);
  });

  it('leave the focus in the list when they go away by themselves', async () => {
    const { element, script } = await asked();
    script.push(text('Half'), waitFor('resume', 9000));
    await until(() => waiting(element));
    choice(element, 'Stop').focus();
    // Another wait takes the place of the first: its buttons are the same.
    script.push(waitFor('resume', null));
    await until(() => waitText(element).startsWith('You are offline'));
    expect(last(element).shadowRoot!.activeElement === choice(element, 'Stop')).to.equal(true);
    script.push(goOn);
    await until(() => !waiting(element) && isFocused(element, log(element)));
  });

  it('never take the focus from elsewhere', async () => {
    const { element, script } = await asked();
    element.focus();
    script.push(text('Half'), waitFor('resume', 9000));
    await until(() => waiting(element));
    expect(isFocused(element, field(element))).to.equal(true);
    script.push(goOn, text(' more'));
    await until(() => !waiting(element) && shows(last(element), 'Half more'));
    expect(isFocused(element, field(element))).to.equal(true);
    expect(nameOf(button(element))).to.equal('Stop answering');
  });
});

describe('a wait costs', () => {
  it('one update a second, and none once its element is gone', async () => {
    const { element, script } = await asked();
    script.push(waitFor('retry', 60_000));
    await until(() => waiting(element));
    const shown = last(element);
    let updates = 0;
    const update = shown.requestUpdate.bind(shown);
    shown.requestUpdate = (...parameters) => {
      updates++;
      update(...parameters);
    };
    const since = performance.now();
    await until(() => updates >= 2);
    expect(performance.now() - since).to.be.greaterThan(1000);
    const parent = element.parentElement!;
    element.remove();
    const gone = updates;
    const removed = performance.now();
    await until(() => performance.now() - removed > 1500, 'the time of a tick');
    expect(updates).to.equal(gone);
    parent.append(element);
    await until(() => updates > gone + 1);
  });

  it('the list nothing when the answer goes on', async () => {
    const { element, script } = await asked();
    script.push(text('One'), waitFor('resume', 9000));
    await until(() => waiting(element));
    script.push(goOn, text(' two'));
    await until(() => !waiting(element) && shows(last(element), 'One two'));
    await list(element).updateComplete;
    let updates = 0;
    list(element).requestUpdate = () => void updates++;
    for (const word of [' three', ' four', ' five']) {
      script.push(text(word));
      await until(() => shows(last(element), word.trim()));
    }
    expect(updates).to.equal(0);
  });
});

describe('an answer that takes long', () => {
  it('is still worked on, says the line after ten seconds', async () => {
    const time = seconds(10);
    const { element, script } = await asked();
    await until(() => time.pending() === 1);
    expect(shows(last(element), 'Still working')).to.equal(false);
    time.pass();
    await until(() => shows(last(element), 'Still working'));
    script.push({ type: 'run-progress', text: 'Searching' });
    await until(() => /Searching.*Still working/.test(read(last(element))));
    script.push(text('Found'));
    await until(() => shows(last(element), 'Found') && !shows(last(element), 'Still working'));
    script.push({ type: 'run-end' });
    await is(element, 'complete');
    expect(time.pending()).to.equal(0);
  });

  it('is not said of an answer that began, nor of the next question', async () => {
    const time = seconds(10);
    const { element, script } = await asked();
    await until(() => time.pending() === 1);
    time.pass();
    await until(() => shows(last(element), 'Still working'));
    script.push(text('Found'), { type: 'run-end' });
    await is(element, 'complete');
    void element.send('And?');
    await until(
      () => script.asked === 2 && messages(element).length === 4 && shows(last(element), 'Working'),
    );
    expect(shows(last(element), 'Still')).to.equal(false);
    expect(time.pending()).to.equal(1);
    script.push(text('Also'));
    await until(() => shows(last(element), 'Also'));
    expect(time.pending()).to.equal(0);
  });
});
