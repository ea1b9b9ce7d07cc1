import { html } from 'lit';
import { textOf } from '../../src/headless.js';
import type { ChatStreamElement } from '../../src/elements/chat-stream.js';
import { hideTab, type HiddenTab } from '../chat/tab.js';
import { notice } from '../elements/helpers.js';
import { differences, differencesFrom } from '../support/fault-outcome.js';
import { playOfScript, type ClientAction, type Script } from '../support/fault-scripts.js';
import {
  describeWithFixtures,
  expect,
  expectFault,
  fixture,
  fixtureJson,
  onCleanup,
  play,
  until,
} from '../support/index.js';
import { closedPort, type Play, type PlayScript } from '../support/play.js';
import { turn } from '../support/server.js';

import '../../src/define.js';

/** What a person and a page do to a real element while its answer streams. */
class Person {
  readonly element: ChatStreamElement;
  readonly #home: Element;
  readonly #elsewhere: Element;
  readonly #otherEndpoint: string;
  #tab: HiddenTab | undefined;
  #removed = 0;
  /** The machine was so slow that what was to be back within a second was not. */
  late = false;
  #again: HTMLButtonElement | undefined;

  constructor(element: ChatStreamElement, elsewhere: Element, otherEndpoint: string) {
    this.element = element;
    this.#home = element.parentElement!;
    this.#elsewhere = elsewhere;
    this.#otherEndpoint = otherEndpoint;
  }

  async do(deed: string): Promise<void> {
    await this.#deeds[deed]!();
  }

  readonly #deeds: Record<string, () => unknown> = {
    stop: () => this.element.stop(),
    send: () => void this.element.send('More'),
    remove: () => {
      this.#removed = performance.now();
      this.element.remove();
    },
    insert: () => {
      this.late = performance.now() - this.#removed > 950;
      this.#home.append(this.element);
    },
    move: () => this.#elsewhere.append(this.element),
    remount: () => {
      this.element.remove();
      this.#home.append(this.element);
    },
    'set-endpoint': () => (this.element.endpoint = this.#otherEndpoint),
    hide: () => (this.#tab = hideTab()),
    show: () => this.#tab?.show(),
    offline: () => goOffline(),
    retry: async () => {
      this.#again ??= (await until(() => notice(this.element))).querySelector('button')!;
      this.#again.click();
    },
    'throwing-listener': () => {
      void expectFault('error', 'thrown by the page');
      this.element.addEventListener(
        'chat-run-started',
        () => {
          throw new Error('thrown by the page');
        },
        { once: true },
      );
    },
  };
}

/** The browser says that there is no network, whatever there is. */
function goOffline(): void {
  Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
  onCleanup(goOnline);
  window.dispatchEvent(new Event('offline'));
}

function goOnline(): void {
  if (!Reflect.deleteProperty(navigator, 'onLine')) throw new Error('still offline');
  window.dispatchEvent(new Event('online'));
}

const answerText = (element: ChatStreamElement): string => {
  const message = element.messages.findLast(({ role }) => role === 'assistant');
  return message ? textOf(message) : '';
};

/** Resolves at the moment an action names; times are counted from the first request. */
async function moment(
  at: string,
  element: ChatStreamElement,
  server: Play,
  asked: Promise<unknown>,
): Promise<unknown> {
  if (at.startsWith('ms:')) return server.requests(1).then(() => turn(Number(at.slice(3))));
  if (at === 'first-text') return until(() => answerText(element));
  if (at === 'failed') return until(() => element.status === 'error');
  return at === 'header-provider' ? asked : undefined;
}

/** In place of its first pause a server waits until what is to happen in it has happened, however long that takes. */
function untilActed({ answers, ...rest }: PlayScript): PlayScript {
  const held = answers.map((answer) => {
    const steps = [...(answer.steps ?? [])];
    const pause = steps.findIndex((step) => 'wait' in step);
    if (pause !== -1) steps[pause] = { gate: 'acted' };
    return { ...answer, steps };
  });
  return { ...rest, answers: held };
}

async function played(script: Script) {
  const { client = [], protocol } = script;
  const server = await play(untilActed(playOfScript(script)));
  const elsewhere = await play({ answers: [{ status: 500 }] });
  const offline = client.some((action) => action.at === 'start' && action.do === 'offline');
  const endpoint = offline ? await closedPort() : server.url;
  const box = await fixture(
    html`<section>
      <div><chat-stream .endpoint=${endpoint} .protocol=${protocol}></chat-stream></div>
      <p></p>
    </section>`,
  );
  const element = box.querySelector('chat-stream')!;
  await customElements.whenDefined('chat-stream-messages');
  const ends: string[] = [];
  element.addEventListener('chat-run-ended', ({ outcome }) => ends.push(outcome));
  const asked = new Promise<void>((resolve) => {
    const pends = client.some(({ at }) => at === 'header-provider');
    element.headers = () => (resolve(), pends ? new Promise<HeadersInit>(() => {}) : {});
  });
  const person = new Person(element, box.querySelector('p')!, elsewhere.url);
  const start = performance.now();
  const before = ({ do: deed }: ClientAction) => deed === 'throwing-listener' || deed === 'offline';
  for (const action of client) if (action.at === 'start' && before(action)) await person.do(action.do);
  if (!client.some(({ at, do: deed }) => at === 'start' && deed === 'send')) void element.send('Why?');
  // An answer that was stopped is left, and the server hears of it in its own time.
  const goOn = async () => element.busy && server.release('acted');
  let last = 'start';
  for (const action of client) {
    if (action.at === 'start' && before(action)) continue;
    if (action.at !== last) {
      if (last !== 'start') await goOn();
      await moment(action.at, element, server, asked);
    }
    last = action.at;
    // In one task where they come at once: nothing is awaited between two of the same moment.
    if (action.at === 'start') void person.do(action.do);
    else await person.do(action.do);
  }
  await goOn();
  await until(() => !element.busy && element.status !== 'idle', 'no end');
  const took = performance.now() - start;
  if (script.expect.connection_closed_by_client) await server.closed();
  const requests = await server.requests();
  return {
    element,
    elsewhere,
    ends,
    late: person.late,
    result: { chat: element.chat, requests, asked: 0, took, flashed: false },
  };
}

/** What is wrong with how a script ended; played once more where a person in it was too late. */
async function wrongWith(script: Script): Promise<string[]> {
  const { client = [], expect: wanted } = script;
  const { element, elsewhere, ends, late, result } = await played(script);
  if (late) {
    element.remove();
    goOnline();
    return wrongWith(script);
  }
  const wrong = differencesFrom(wanted, result);
  const runs = client.some((action) => action.do === 'retry') ? 2 : 1;
  if (ends.length !== runs) wrong.push(`ended ${ends.length} times`);
  if (element.messages[0]?.role !== 'user') wrong.push('the question is gone');
  if (wanted.no_late_events) {
    const { length } = answerText(element);
    await turn(300);
    if (answerText(element).length !== length || ends.length !== 1) wrong.push('late events');
  }
  if (wanted.next_request_uses) {
    await element.send('Next');
    if ((await elsewhere.requests()).length !== 1)
      wrong.push(`the next request does not use the new endpoint`);
  }
  element.remove();
  goOnline();
  return wrong;
}

describeWithFixtures('hostile scripts with a person in them', () => {
  it('end as they say', async () => {
    const { streams } = await fixtureJson<{ streams: Script[] }>('hostile/streams.json');
    const scripts = streams.filter(({ category }) => category === 'actions');
    expect(scripts.length).to.be.least(16);
    const wrong: string[] = [];
    for (const script of scripts) {
      const found = await wrongWith(script).catch((error: unknown) => [String(error)]);
      if (found.length > 0 !== script.id in differences)
        wrong.push(`${script.id} ${script.note}: ${found.join('; ') || 'no difference any more'}`);
    }
    expect(wrong).to.deep.equal([]);
  });
});
