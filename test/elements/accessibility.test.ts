import { axe, expect, until } from '../support/index.js';
import {
  answer,
  broken,
  button,
  cutBehind,
  event,
  gate,
  is,
  log,
  notice,
  progress,
  shows,
  widget,
  whole,
  words,
} from './helpers.js';
import type { Widget } from './helpers.js';
import { asked, network, text, waitFor, waiting } from './wait-helpers.js';

const rich =
  '## Heading\n\nText with `code`, a [link](https://example.com) and\n\n- a list\n\n> a quote\n\n```js\nlet a = 1;\n```\n\n| A | B |\n|---|---|\n| 1 | 2 |';
const sources = event({ type: 'sources', sources: [{ url: 'https://example.com', title: 'Start' }] });

const states: Record<string, () => Promise<Widget>> = {
  empty: async () => {
    const element = await widget();
    element.suggestions = ['One', 'Two'];
    element.focus();
    return element;
  },
  loading: async () => {
    const element = await widget(
      answer(progress('Reading'), progress('Searching', { icon: 'search', percent: 40 }), gate('never')),
    );
    void element.send('Where?');
    await until(() => shows(log(element), 'Searching'));
    return element;
  },
  streaming: async () => {
    const element = await widget(
      answer(
        event({ type: 'tool_call', id: 'a', name: 'search', input: { q: 1 } }),
        words(rich),
        gate('never'),
      ),
    );
    void element.send('Where?');
    await until(() => shows(log(element), 'a quote'));
    return element;
  },
  complete: async () => {
    const element = await widget(answer(words(rich), sources, event({ type: 'done' })));
    await element.send('Where?');
    await until(() => shows(log(element), '1 · Start'));
    return element;
  },
  stopped: async () => {
    const element = await widget(answer(words('Half'), gate('never')));
    void element.send('Where?');
    await until(() => shows(log(element), 'Half'));
    button(element).click();
    await is(element, 'stopped');
    return element;
  },
  error: async () => {
    const element = await widget(broken(words('Half')), whole('x'));
    await cutBehind(element, 'Half');
    await until(() => notice(element));
    return element;
  },
  'error without a network': async () => {
    const element = await widget(broken(words('Half')));
    await cutBehind(element, 'Half');
    await until(() => notice(element));
    network(false);
    await until(() => shows(notice(element)!, 'offline'));
    return element;
  },
  'waiting to try again': async () => {
    const { element, script } = await asked();
    script.push(waitFor('retry', 60_000));
    await until(() => waiting(element));
    return element;
  },
  'waiting under half an answer': async () => {
    const { element, script } = await asked();
    script.push(text(rich), waitFor('resume', 60_000));
    await until(() => waiting(element) && shows(log(element), 'a quote'));
    return element;
  },
  'waiting for the network': async () => {
    const { element, script } = await asked();
    script.push(text('Half'), waitFor('resume', null));
    await until(() => waiting(element));
    return element;
  },
};

describe('axe finds nothing', () => {
  for (const [name, make] of Object.entries(states)) {
    for (const look of ['light', 'dark', 'rtl']) {
      it(`in the state ${name}, ${look}`, async () => {
        const element = await make();
        element.parentElement!.style.setProperty('color-scheme', look === 'dark' ? 'dark' : 'light');
        if (look === 'rtl') element.dir = 'rtl';
        await element.updateComplete;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        await axe(element);
        if (look === 'rtl') expect(getComputedStyle(log(element)).direction).to.equal('rtl');
      });
    }
  }
});
