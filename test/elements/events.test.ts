import { expect, until } from '../support/index.js';
import {
  answer,
  done,
  event,
  gate,
  inside,
  is,
  messages,
  part,
  shows,
  widget,
  whole,
  words,
} from './helpers.js';
import type { Widget } from './helpers.js';

const names = [
  'chat-submit',
  'chat-error',
  'chat-message-added',
  'chat-run-started',
  'chat-run-ended',
  'chat-status-changed',
  'chat-thread-changed',
] as const;

function record(element: Widget, more: (name: string, event: Event) => string = () => '') {
  const seen: string[] = [];
  for (const name of names)
    document.addEventListener(
      name,
      (told) => told.composedPath()[0] === element && seen.push(`${name}${more(name, told)}`),
    );
  return seen;
}
const detail = (_: string, told: Event) => {
  if ('status' in told) return ` ${told.status}`;
  if ('outcome' in told) return ` ${told.outcome}`;
  if ('message' in told) return ` ${(told.message as { role: string }).role}`;
  return '';
};

describe('the events', () => {
  it('come once each and in order', async () => {
    const element = await widget(
      answer(event({ type: 'conversation_id', conversation_id: 't-1' }), words('One'), gate('end'), done),
    );
    const seen = record(element, detail);
    void element.send('Go');
    await is(element, 'streaming');
    await until(() => seen.includes('chat-status-changed streaming'));
    await element.server.release('end');
    await is(element, 'complete');
    await until(() => seen.some((name) => name.startsWith('chat-run-ended')));
    expect(seen.filter((name) => !/status-changed loading|thread-changed/.test(name))).to.deep.equal([
      'chat-message-added user',
      'chat-message-added assistant',
      'chat-run-started',
      'chat-status-changed streaming',
      'chat-status-changed complete',
      'chat-run-ended complete',
    ]);
    expect(seen.filter((name) => name === 'chat-thread-changed')).to.have.length(1);
    expect(element.threadId).to.equal('t-1');
  });

  it('tell of a failure before the end of the run, once', async () => {
    const element = await widget({ status: 503 });
    const seen = record(element, detail);
    await element.send('Go');
    await until(() => seen.includes('chat-run-ended error'));
    expect(seen.filter((name) => /error|ended/.test(name))).to.deep.equal([
      'chat-status-changed error',
      'chat-error',
      'chat-run-ended error',
    ]);
  });

  it('ask before a question is sent, and take no for an answer', async () => {
    const element = await widget(whole('Yes'));
    const asked: string[] = [];
    const refuse = (submit: Event) => submit.preventDefault();
    element.addEventListener('chat-submit', (submit) => asked.push(submit.text));
    element.addEventListener('chat-submit', refuse);
    const composer = part(element, 'chat-stream-composer');
    composer.value = 'Secret';
    await composer.updateComplete;
    inside(composer, 'button')!.click();
    expect(asked).to.deep.equal(['Secret']);
    expect(composer.value).to.equal('Secret');
    expect(element.messages).to.have.length(0);
    element.removeEventListener('chat-submit', refuse);
    inside(composer, 'button')!.click();
    expect(element.messages).to.have.length(2);
    await is(element, 'complete');
  });

  it('let a page decide about a link', async () => {
    const element = await widget(whole('See [this](https://example.com/page).'));
    await element.send('Go');
    await until(() => shows(messages(element)[1]!, 'See this.'));
    const hrefs: string[] = [];
    element.addEventListener('chat-link-click', (click) => {
      hrefs.push(click.href);
      click.preventDefault();
    });
    const link = inside(part(messages(element)[1]!, 'chat-stream-markdown'), 'a')!;
    const click = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true });
    link.dispatchEvent(click);
    expect(hrefs).to.deep.equal(['https://example.com/page']);
    expect(click.defaultPrevented).to.equal(true);
  });
});
