import { expect, until, wheel } from '../support/index.js';
import {
  broken,
  buttonNamed,
  cutBehind,
  list,
  log,
  messages,
  part,
  shows,
  widget,
  whole,
  words,
} from './helpers.js';
import type { Widget } from './helpers.js';

const long = Array.from({ length: 30 }, (_, index) => `Line ${index}`).join('\n\n');
const inList = (element: Widget) => list(element).shadowRoot!.activeElement;
const again = (element: Widget) => until(() => buttonNamed(messages(element)[1]!, 'Answer again'));

/** Whether the keyboard goes on from the list. */
const keeps = (element: Widget) => until(() => inList(element) === log(element), 'the focus is lost');

describe('the focus of a button that goes away', () => {
  it('stays in the list when the page asks something else', async () => {
    const element = await widget(whole('One'), whole('Two'));
    await element.send('Go');
    (await again(element)).focus();
    await element.send('Go on');
    await until(() => shows(log(element), 'Two'));
    await keeps(element);
  });

  it('stays in the list when the network goes', async () => {
    const element = await widget(whole('One'));
    await element.send('Go');
    (await again(element)).focus();
    Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
    try {
      dispatchEvent(new Event('offline'));
      await keeps(element);
    } finally {
      Reflect.deleteProperty(navigator, 'onLine');
      dispatchEvent(new Event('online'));
    }
  });

  it('stays in the list when a failure is past', async () => {
    const element = await widget(broken(words('Half')), whole('Whole'));
    await cutBehind(element, 'Half');
    (await until(() => buttonNamed(list(element), 'Try again'))).focus();
    await element.send('Go on');
    await keeps(element);
  });

  it('stays in the list when the thread is emptied', async () => {
    const element = await widget(whole('One'));
    await element.send('Go');
    (await again(element)).focus();
    element.clear();
    await keeps(element);
  });

  it('stays in the list when the end came into view by itself', async () => {
    const element = await widget(whole(long));
    await element.send('Go');
    await until(() => shows(log(element), 'Line 29') && log(element).scrollTop > 0);
    log(element).scrollTop = 100;
    (await until(() => buttonNamed(list(element), 'Scroll to the end'))).focus();
    await wheel(log(element), 5000);
    await keeps(element);
  });

  it('is left to whoever takes it', async () => {
    const element = await widget(whole('One'));
    await element.send('Go');
    (await again(element)).focus();
    element.clear();
    element.focus();
    await until(() => !messages(element).length);
    expect(part(element, 'chat-stream-composer').matches(':focus-within')).to.equal(true);
  });
});
