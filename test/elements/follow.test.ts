import { resetMouse, sendMouse } from '@web/test-runner-commands';
import { onCleanup } from '../support/cleanup.js';
import { expect, until, wheel } from '../support/index.js';
import { answer, done, gate, is, list, log, messages, part, shows, widget, whole, words } from './helpers.js';
import type { Widget } from './helpers.js';

const long = (name: string) => Array.from({ length: 30 }, (_, index) => `${name} ${index}`).join('\n\n');
const rest = (element: Widget) =>
  log(element).scrollHeight - log(element).clientHeight - log(element).scrollTop;
const toEnd = (element: Widget) =>
  list(element).shadowRoot!.querySelector<HTMLButtonElement>('[part="to-end"]');
const frames = async (count: number) => {
  for (let n = 0; n < count; n++) await new Promise((resolve) => requestAnimationFrame(resolve));
};
/** Where it is scrolled to, once that has been the same for as long as a wheel takes to come to rest. */
async function atRest(element: Widget): Promise<number> {
  let top = -1;
  let same = 0;
  await until(async () => {
    await frames(1);
    same = log(element).scrollTop === top ? same + 1 : 0;
    top = log(element).scrollTop;
    return same === 20;
  }, 'it never rests');
  return top;
}
const settled = (element: Widget) =>
  until(() => log(element).scrollHeight > 900 && rest(element) <= 1, 'not at the end');

describe('following the end', () => {
  it('sticks to it while the answer grows', async () => {
    const element = await widget(
      answer(words(long('First')), gate('more'), words(`\n\n${long('Second')}`), done),
    );
    void element.send('Go');
    await settled(element);
    expect(toEnd(element)).to.equal(null);
    await element.server.release('more');
    await until(() => shows(log(element), 'Second 29'));
    await settled(element);
    await until(() => element.matches(':state(at-end)'));
  });

  it('stops when the reader scrolls up, and a button goes back', async () => {
    const element = await widget(
      answer(words(long('First')), gate('more'), words(`\n\n${long('Second')}`), done),
    );
    void element.send('Go');
    await settled(element);
    await wheel(log(element), -300);
    await until(() => toEnd(element), 'the button is not there');
    await until(() => !element.matches(':state(at-end)'));
    const top = await atRest(element);
    await element.server.release('more');
    await until(() => shows(log(element), 'Second 29'));
    await frames(3);
    expect(log(element).scrollTop).to.be.closeTo(top, 2);
    toEnd(element)!.click();
    await settled(element);
    await until(() => !toEnd(element) && element.matches(':state(at-end)'));
  });

  it('sticks again when the reader comes back to the end', async () => {
    const element = await widget(
      answer(words(long('First')), gate('more'), words(`\n\n${long('Second')}`), done),
    );
    void element.send('Go');
    await settled(element);
    log(element).scrollTop -= 200;
    await until(() => toEnd(element));
    log(element).scrollTop = 1e6;
    await until(() => !toEnd(element));
    await element.server.release('more');
    await until(() => shows(log(element), 'Second 29'));
    await settled(element);
  });

  it('goes to the end for a new question', async () => {
    const element = await widget(whole(long('First')), whole(long('Second')));
    await element.send('Go');
    await settled(element);
    log(element).scrollTop = 0;
    await until(() => toEnd(element));
    await element.send('Again');
    await until(() => shows(log(element), 'Second 29'));
    await settled(element);
  });

  it('stays where keyboard focus is', async () => {
    const element = await widget(
      whole('Short'),
      answer(words(long('First')), gate('more'), words(`\n\n${long('Second')}`), done),
    );
    await element.send('Go');
    void element.send('Again');
    await settled(element);
    const first = messages(element)[1]!;
    part(first, 'chat-stream-markdown').scrollIntoView();
    const button = first.shadowRoot!.querySelector('button')!;
    button.focus();
    await until(() => toEnd(element));
    const top = log(element).scrollTop;
    await element.server.release('more');
    await until(() => shows(log(element), 'Second 29'));
    await frames(3);
    expect(log(element).scrollTop).to.be.closeTo(top, 2);
  });

  it('leaves a selection in peace while it is made, and after', async () => {
    const element = await widget(
      answer(words(long('First')), gate('more'), words(`\n\n${long('Second')}`), done),
    );
    void element.send('Go');
    await settled(element);
    const { left, bottom } = log(element).getBoundingClientRect();
    onCleanup(resetMouse);
    await sendMouse({ type: 'move', position: [Math.round(left + 20), Math.round(bottom - 100)] });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [Math.round(left + 80), Math.round(bottom - 220)] });
    await until(() => String(getSelection()), 'nothing is selected');
    const top = log(element).scrollTop;
    await element.server.release('more');
    await until(() => shows(log(element), 'Second 29'));
    await frames(3);
    expect(log(element).scrollTop).to.be.closeTo(top, 2);
    await sendMouse({ type: 'up' });
    await frames(3);
    expect(log(element).scrollTop).to.be.closeTo(top, 2);
    await until(() => toEnd(element));
  });

  it('never scrolls by itself with follow=none', async () => {
    const element = await widget(whole(long('First')));
    element.follow = 'none';
    await element.send('Go');
    await until(() => shows(log(element), 'First 29') && toEnd(element));
    expect(log(element).scrollTop).to.equal(0);
    element.scrollToEnd();
    await settled(element);
  });

  for (const [name, change] of Object.entries<(element: Widget) => void>({
    'is taken away': (element) => element.removeAttribute('follow'),
    'is no word of ours': (element) => element.setAttribute('follow', 'bottom'),
  }))
    it(`sticks to the end when follow ${name}`, async () => {
      const element = await widget(whole(long('First')));
      element.setAttribute('follow', 'none');
      await element.updateComplete;
      change(element);
      await element.send('Go');
      await settled(element);
    });

  it('puts a new question at the top with follow=turn', async () => {
    const element = await widget(whole(long('First')), whole('Short'));
    element.follow = 'turn';
    await element.updateComplete;
    await element.send('Go');
    await element.send('Again');
    await until(() => shows(log(element), 'Short'));
    const question = messages(element)[2]!;
    await until(
      () =>
        Math.abs(question.getBoundingClientRect().top - log(element).getBoundingClientRect().top - 16) < 3,
    );
  });

  describe('keeps the question of follow=turn where it is', () => {
    /** How far below the top of the list the second question is. */
    const place = (element: Widget) =>
      messages(element)[2]!.getBoundingClientRect().top - log(element).getBoundingClientRect().top;
    const box = (element: Widget) => element.parentElement!.style;
    const stays = async (element: Widget) => {
      await frames(5);
      expect(place(element)).to.be.closeTo(16, 1.5);
    };

    /** A chat whose second question is at the top, with a short answer below it. */
    async function turned(then = whole('Short')): Promise<Widget> {
      const element = await widget(whole(`${long('First')}\n\n${'so many words '.repeat(60)}`), then);
      element.follow = 'turn';
      box(element).setProperty('block-size', '360px');
      await element.updateComplete;
      await element.send('Go');
      void element.send('Again');
      await until(() => Math.abs((messages(element)[2] ? place(element) : 0) - 16) < 1.5, 'not at the top');
      return element;
    }

    it('when the widget gets another size', async () => {
      const element = await turned();
      await is(element, 'complete');
      for (const [name, size] of [
        ['block-size', '500px'],
        ['inline-size', '280px'],
        ['block-size', '300px'],
        ['block-size', '450px'],
        ['inline-size', '420px'],
      ] as const) {
        box(element).setProperty(name, size);
        await stays(element);
      }
    });

    it('when the field takes more lines, and gives them back', async () => {
      const element = await turned();
      const composer = part(element, 'chat-stream-composer');
      composer.value = 'line\n'.repeat(6);
      await stays(element);
      composer.value = '';
      await stays(element);
    });

    it('when something above gets taller and shorter again', async () => {
      const element = await turned();
      const above = messages(element)[1]!;
      above.style.setProperty('padding-block-end', '300px');
      await stays(element);
      above.style.setProperty('padding-block-end', '0');
      await stays(element);
    });

    it('while its answer grows past what fits, also when something above grows meanwhile', async () => {
      const element = await turned(answer(words('Half'), gate('more'), words(`\n\n${long('Second')}`), done));
      messages(element)[1]!.style.setProperty('padding-block-end', '200px');
      await element.server.release('more');
      await until(() => shows(log(element), 'Second 29'));
      await is(element, 'complete');
      await stays(element);
    });

    it('and lets the reader go on from there', async () => {
      const element = await turned(
        answer(words(long('Second')), gate('more'), words(`\n\n${long('Third')}`), done),
      );
      await until(() => shows(log(element), 'Second 29'));
      await wheel(log(element), 150);
      const top = await atRest(element);
      expect(place(element)).to.be.lessThan(-80);
      await element.server.release('more');
      await until(() => shows(log(element), 'Third 29'));
      await is(element, 'complete');
      await frames(5);
      expect(log(element).scrollTop).to.be.closeTo(top, 2);
      box(element).setProperty('block-size', '450px');
      await frames(5);
      expect(log(element).scrollTop).to.be.closeTo(top, 2);
      element.scrollToEnd();
      await settled(element);
      box(element).setProperty('block-size', '300px');
      await frames(5);
      await settled(element);
    });
  });

  it('keeps its place when it is moved', async () => {
    const element = await widget(whole(long('First')));
    await element.send('Go');
    await is(element, 'complete');
    await settled(element);
    element.parentElement!.parentElement!.append(element.parentElement!);
    await frames(3);
    await settled(element);
  });

  it('can be scrolled by keyboard once there is more than fits', async () => {
    const element = await widget(whole(long('First')));
    expect(log(element).tabIndex).to.equal(-1);
    await element.send('Go');
    await until(() => log(element).tabIndex === 0);
  });
});
