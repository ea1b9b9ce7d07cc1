import { ChatError } from '../../src/model/chat-error.js';
import type { RunFailure } from '../../src/model/thread.js';
import type { Transport } from '../../src/transport/transport.js';
import { click, expect, press, type, until } from '../support/index.js';
import {
  buttonNamed,
  field,
  is,
  list,
  log,
  messages,
  notice,
  read,
  shows,
  widget,
  whole,
} from './helpers.js';
import type { Widget } from './helpers.js';
import { asked, cut, failure, last, network, text } from './wait-helpers.js';

const again = (element: Element) => buttonNamed(list(element), 'Try again');
const isOff = (element: Element) => again(element)?.getAttribute('aria-disabled') === 'true';
const told = (element: Element) => {
  const id = again(element)!.getAttribute('aria-describedby');
  return id ? list(element).shadowRoot!.getElementById(id)!.textContent : '';
};

/** Fails every question, at once, and counts them. */
class Failing implements Transport {
  asked = 0;
  readonly #failure: RunFailure;
  constructor(failure: RunFailure) {
    this.#failure = failure;
  }
  // eslint-disable-next-line require-yield
  async *run(): AsyncGenerator<never> {
    this.asked++;
    const { code, message, ...more } = this.#failure;
    throw new ChatError(code, message, more);
  }
}

async function failed(why: RunFailure): Promise<{ element: Widget; transport: Failing }> {
  const element = await widget();
  const transport = new Failing(why);
  element.transport = transport;
  await element.send('Go');
  await until(() => notice(element));
  return { element, transport };
}

async function interrupted() {
  const { element, script } = await asked();
  script.push(text('Half'), { type: 'run-error', ...cut });
  await is(element, 'error');
  await until(() => notice(element) && shows(last(element), 'Incomplete'));
  return { element, script };
}

describe('the notice of an answer that was cut', () => {
  it('waits for the network, says so, and never asks by itself', async () => {
    const { element, script } = await interrupted();
    expect(isOff(element)).to.equal(false);
    expect(told(element)).to.equal('');
    network(false);
    await until(() => isOff(element));
    expect(read(notice(element)!))
      .to.include('The connection broke before the answer was finished.')
      .and.include('You are offline.');
    expect(told(element)).to.include('You are offline.');
    again(element)!.click();
    expect(element.busy).to.equal(false);
    expect(script.asked).to.equal(1);
    expect(shows(last(element), 'Half')).to.equal(true);

    network(true);
    await until(() => !isOff(element));
    expect(shows(notice(element)!, 'offline')).to.equal(false);
    expect(script.asked).to.equal(1);
    again(element)!.click();
    await until(() => script.asked === 2 && !notice(element));
    expect(messages(element)).to.have.length(2);
  });

  it('asks once when it is clicked twice', async () => {
    const { element, script } = await interrupted();
    const button = again(element)!;
    button.click();
    button.click();
    await until(() => script.asked === 2);
    script.push(text('Whole'), { type: 'run-end' });
    await is(element, 'complete');
    expect(script.asked).to.equal(2);
  });

  it('asks once for a double click, also where that fails at once', async () => {
    const { element, transport } = await failed(failure({ code: 'network' }));
    const press = (detail: number) =>
      again(element)!.dispatchEvent(new MouseEvent('click', { bubbles: true, detail }));
    press(1);
    await until(() => transport.asked === 2 && !element.busy && again(element));
    press(2);
    expect(element.busy).to.equal(false);
    press(1);
    await until(() => transport.asked === 3);
  });

  it('hears a real click and a real key', async () => {
    const { element, transport } = await failed(failure({ code: 'network' }));
    await click(again(element)!);
    await until(() => transport.asked === 2 && !element.busy && again(element));
    again(element)!.focus();
    await press('Enter');
    await until(() => transport.asked === 3 && !element.busy);
  });

  it('is in view also where a question stays at the top', async () => {
    const { element, script } = await asked();
    element.follow = 'turn';
    script.push(text('First'), { type: 'run-end' });
    await is(element, 'complete');
    void element.send('And?');
    await until(() => script.asked === 2 && messages(element).length === 4);
    script.push(text('Half'), { type: 'run-error', ...cut });
    await until(() => notice(element));
    const seen = log(element).getBoundingClientRect();
    await until(() => notice(element)!.getBoundingClientRect().bottom <= seen.bottom);
    expect(messages(element)[2]!.getBoundingClientRect().top).to.be.at.least(seen.top);
  });
});

describe('without a network', () => {
  it('a question can be written, fails with words for it, and is asked again when the network is back', async () => {
    const element = await widget(whole('Yes'));
    network(false);
    element.focus();
    await type('Hello?');
    expect(field(element).value).to.equal('Hello?');
    element.transport = new Failing(failure({ code: 'network', detail: 'offline' }));
    await press('Enter');
    await is(element, 'error');
    await until(() => isOff(element));
    expect(read(notice(element)!)).to.include('You are offline. Connect to the internet');
    expect(read(notice(element)!).match(/offline/g)).to.have.length(1);
    expect(told(element)).to.include('You are offline.');
    expect(shows(log(element), 'Hello?')).to.equal(true);

    element.transport = undefined;
    await element.updateComplete;
    network(true);
    await until(() => !isOff(element));
    expect(shows(notice(element)!, 'offline')).to.equal(false);
    again(element)!.click();
    await is(element, 'complete');
    await until(() => shows(log(element), 'Yes'));
    expect(await element.server.requests()).to.have.length(1);
  });

  it('an answer is not taken back for another one', async () => {
    const element = await widget(whole('Kept'));
    await element.send('Go');
    await until(() => buttonNamed(last(element), 'Answer again'));
    network(false);
    await until(() => !buttonNamed(last(element), 'Answer again'));
    expect(shows(last(element), 'Kept')).to.equal(true);
    network(true);
    await until(() => buttonNamed(last(element), 'Answer again'));
  });
});

describe('Try again is offered', () => {
  const http = (status: number, more: Partial<RunFailure> = {}) =>
    failure({ code: 'http', status, retryable: status >= 500 || status === 429, ...more });
  const offered: Record<string, RunFailure> = {
    'a busy service': http(503),
    'a fault of the service': http(500),
    'someone who can sign in': http(401, { detail: 'auth' }),
    'an answer that still runs': http(409),
    'an answer that was cut': cut,
  };
  for (const [name, why] of Object.entries(offered)) {
    it(`for ${name}`, async () => {
      const { element } = await failed(why);
      expect(Boolean(again(element))).to.equal(true);
    });
  }

  it('beside how long to wait, and is not done by itself', async () => {
    const { element, transport } = await failed(http(429, { detail: 'rate-limited', retryAfter: 300 }));
    expect(read(notice(element)!)).to.include('Too many questions at once. Try again in 5 minutes.');
    expect(isOff(element)).to.equal(false);
    expect(transport.asked).to.equal(1);
  });

  const useless: Record<string, [RunFailure, string]> = {
    'a question that is too long': [http(413, { detail: 'too-large' }), 'Shorten it'],
    'what is forbidden': [http(403, { detail: 'auth' }), 'You may not use this service'],
    'an address where nothing is': [http(404, { detail: 'not-found' }), 'was not found'],
    'a question that is refused': [http(400), 'refused the question'],
    'an answer that is too large': [failure({ code: 'overflow', retryable: false }), 'too large'],
    'what the backend calls final': [failure({ code: 'backend', retryable: false }), 'could not finish'],
  };
  for (const [name, [why, words]] of Object.entries(useless)) {
    it(`not for ${name}, whose question stays`, async () => {
      const { element } = await failed(why);
      expect(read(notice(element)!)).to.include(words);
      expect(Boolean(again(element))).to.equal(false);
      expect(shows(log(element), 'Go')).to.equal(true);
      network(false);
      await list(element).updateComplete;
      expect(shows(notice(element)!, 'offline')).to.equal(false);
    });
  }
});
