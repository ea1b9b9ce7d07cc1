import { html, render } from 'lit';
import { Chat } from '../../src/chat/chat.js';
import { DirectTransport } from '../../src/transport/direct-transport.js';
import type { ChatStreamElement } from '../../src/elements/chat-stream.js';
import { expect, fixture, play, until } from '../support/index.js';
import {
  answer,
  done,
  gate,
  is,
  log,
  messages,
  nameOf,
  button,
  shows,
  widget,
  whole,
  words,
} from './helpers.js';

const wait = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

describe('the life of the element', () => {
  it('keeps conversation and running answer when it is moved, taken out and put back, with one request', async () => {
    const element = await widget(answer(words('One '), gate('more'), words('two.'), done));
    void element.send('Go');
    await until(() => shows(log(element), 'One'));
    const elsewhere = await fixture(html`<div></div>`);
    elsewhere.append(element);
    await wait(50);
    element.remove();
    await wait(200);
    elsewhere.append(element);
    // Past the time after which an element that stays away would stop it.
    await wait(1200);
    expect(element.busy).to.equal(true);
    await element.server.release('more');
    await is(element, 'complete');
    await until(() => shows(log(element), 'One two.'));
    expect(await element.server.requests()).to.have.length(1);
  });

  it('keeps them when its host renders again', async () => {
    const server = await play({ answers: [whole('Yes')] });
    const host = await fixture(html`<div></div>`);
    const page = (count: number) =>
      render(
        html`<p>${count}</p>
          <chat-stream endpoint=${server.url} label=${`Chat ${count}`}></chat-stream>`,
        host,
      );
    page(1);
    const element = host.querySelector('chat-stream')!;
    await element.updateComplete;
    const first = element.chat;
    await element.send('Go');
    page(2);
    await until(() => shows(element, 'Chat 2') && shows(element, 'Yes'));
    expect(element.chat).to.equal(first);
    expect(await server.requests()).to.have.length(1);
  });

  it('stops its answer a second after it was taken out for good, and tells the end once', async () => {
    const element = await widget(answer(words('Half'), gate('never')));
    const ends: string[] = [];
    element.addEventListener('chat-run-ended', ({ outcome }) => ends.push(outcome));
    void element.send('Go');
    await is(element, 'streaming');
    element.remove();
    await wait(700);
    expect(element.busy).to.equal(true);
    expect((await element.server.closed()).closed?.by).to.equal('client');
    expect(element.status).to.equal('stopped');
    expect(ends).to.deep.equal(['stopped']);
  });

  it("never stops a page's own chat, nor configures it", async () => {
    const chat = new Chat({
      transport: new DirectTransport(async function* () {
        yield 'Half';
        await new Promise(() => {});
      }),
    });
    const element = await fixture<ChatStreamElement>(
      html`<chat-stream .chat=${chat} endpoint="/nowhere"></chat-stream>`,
    );
    void element.send('Go');
    await is(element, 'streaming');
    element.remove();
    await wait(1200);
    expect(chat.status.get()).to.equal('streaming');
    chat.stop();
  });

  it('does nothing while it is detached', async () => {
    const element = document.createElement('chat-stream');
    element.endpoint = '/nowhere';
    expect(await element.send('Go')).to.equal(undefined);
    expect(await element.regenerate()).to.equal(undefined);
    element.stop();
    element.clear();
    element.focus();
    element.scrollToEnd();
    expect(element.status).to.equal('idle');
    expect(element.messages).to.have.length(0);
  });

  it('is one of two that know nothing of each other', async () => {
    const one = await widget(whole('From one'));
    const two = await widget(whole('From two'));
    await Promise.all([one.send('A'), two.send('B')]);
    await until(() => shows(log(one), 'From one') && shows(log(two), 'From two'));
    expect(shows(one, 'From two')).to.equal(false);
    expect(messages(two)).to.have.length(2);
  });

  it('takes over properties that were set before it was defined', async () => {
    const server = await play({ answers: [whole('Yes')] });
    const early = document.createElement('chat-stream-early');
    const messages = [
      { role: 'user', text: 'Before' },
      { role: 'assistant', text: 'Indeed' },
    ];
    Object.assign(early, { endpoint: server.url, label: 'Late', messages, threadId: 't-9' });
    const host = await fixture(html`<div></div>`);
    host.append(early);
    customElements.define(
      'chat-stream-early',
      class extends (customElements.get('chat-stream') as typeof ChatStreamElement) {},
    );
    const element = early as ChatStreamElement;
    await until(() => shows(element, 'Late') && shows(element, 'Indeed'));
    expect(element.threadId).to.equal('t-9');
    await element.send('Now');
    expect(JSON.stringify(element.messages)).to.include('Yes');
  });

  it('ends the same in any order of properties', async () => {
    const messages = [{ role: 'user', text: 'Before' }] as const;
    for (const order of [
      ['messages', 'threadId'],
      ['threadId', 'messages'],
    ] as const) {
      const element = document.createElement('chat-stream');
      for (const name of order) Object.assign(element, { [name]: { messages, threadId: 't-1' }[name] });
      expect(element.threadId).to.equal('t-1');
      expect(element.messages).to.have.length(1);
    }
  });

  it('uses options of the same task, and warns of a bad one without throwing', async () => {
    const server = await play({ answers: [whole('Yes')] });
    const element = await fixture<ChatStreamElement>(html`<chat-stream></chat-stream>`);
    const { warn } = console;
    const warnings: unknown[] = [];
    console.warn = (...words) => warnings.push(words);
    element.setAttribute('body', '{oops');
    element.messages = 'none' as never;
    console.warn = warn;
    expect(warnings).to.have.length(2);
    element.setAttribute('endpoint', server.url);
    element.setAttribute('body', '{"agent":"docs"}');
    await element.send('Go');
    const [request] = await server.requests(1);
    expect(JSON.parse(request!.body)).to.include({ agent: 'docs' });
  });

  it('clears', async () => {
    const element = await widget(whole('Yes'));
    await element.send('Go');
    element.clear();
    await until(() => shows(element, 'What would you like to know?'));
    expect(nameOf(button(element))).to.equal('Send');
  });
});
