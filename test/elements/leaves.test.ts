import { defineLeaves } from '../../src/define-leaves.js';

import { html } from 'lit';
import type { ChatStreamMarkdownElement } from '../../src/elements/markdown.js';
import type { ChatStreamMessageElement } from '../../src/elements/message.js';
import type { Message } from '../../src/model/thread.js';
import { expect, fixture, press, until } from '../support/index.js';
import { buttonNamed, inside, part, read, shows } from './helpers.js';

defineLeaves();

const message = (role: 'user' | 'assistant', text: string): Message => ({
  id: 'm',
  role,
  status: 'complete',
  createdAt: 0,
  metadata: {},
  parts: [{ type: 'text', id: 't', text, done: true }],
});
const withClipboard = async (writeText: (text: string) => Promise<void>, body: () => Promise<void>) => {
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
  try {
    await body();
  } finally {
    delete (navigator as { clipboard?: unknown }).clipboard;
  }
};

describe('chat-stream-markdown', () => {
  it('appends what is new and starts over for another text', async () => {
    const element = await fixture<ChatStreamMarkdownElement>(
      html`<chat-stream-markdown text="One **two**"></chat-stream-markdown>`,
    );
    // A busy frame leaves text to the next one.
    await until(() => inside(element, 'strong')?.textContent === 'two');
    const paragraph = inside(element, 'p')!;
    element.text += ' three\n\nfour';
    await until(() => read(element) === 'One two threefour');
    expect(inside(element, 'p')).to.equal(paragraph);
    element.text = 'Other';
    await until(() => read(element) === 'Other');
  });

  it('draws no more once it is taken out, and the rest when it is put back', async () => {
    const text = 'One more line of very many.\n\n'.repeat(6000);
    const element = await fixture<ChatStreamMarkdownElement>(
      html`<chat-stream-markdown complete .text=${text}></chat-stream-markdown>`,
    );
    const drawn = () => element.shadowRoot!.querySelectorAll('p').length;
    await until(drawn);
    const place = element.parentElement!;
    element.remove();
    const before = drawn();
    expect(before).to.be.lessThan(6000);
    for (let n = 0; n < 20; n++) await new Promise(requestAnimationFrame);
    expect(drawn()).to.equal(before);
    place.append(element);
    // Moved while it goes on.
    await until(() => drawn() > before);
    place.prepend(element);
    await until(() => drawn() === 6000, 'not all of it came');
  });

  it('closes what is open when it is complete', async () => {
    const element = await fixture<ChatStreamMarkdownElement>(
      html`<chat-stream-markdown text="A [b"></chat-stream-markdown>`,
    );
    element.complete = true;
    await until(() => read(element) === 'A [b');
    element.text = 'A [b](https://example.com)';
    await until(() => inside<HTMLAnchorElement>(element, 'a')?.rel.includes('noopener'));
  });

  it('copies code and says whether it could', async () => {
    const element = await fixture<ChatStreamMarkdownElement>(
      html`<chat-stream-markdown complete .text=${'```js\nlet a = 1;\n```'}></chat-stream-markdown>`,
    );
    const copied: string[] = [];
    const button = inside(element, 'header button')!;
    expect(inside(element, 'header span')!.textContent).to.equal('js');
    await withClipboard(
      async (text) => void copied.push(text),
      async () => {
        button.click();
        await until(() => button.textContent === 'Copied');
      },
    );
    expect(copied).to.deep.equal(['let a = 1;\n']);
    await until(() => button.textContent === 'Copy');
    await withClipboard(
      () => Promise.reject(new Error('no')),
      async () => {
        button.click();
        await until(() => button.textContent === 'Copying failed');
      },
    );
  });

  it('never makes markup of text', async () => {
    const element = await fixture(
      html`<chat-stream-markdown text="<img src=x onerror=alert(1)> <b>b</b>"></chat-stream-markdown>`,
    );
    expect(read(element)).to.equal('<img src=x onerror=alert(1)> <b>b</b>');
  });
});

describe('what is wider than the line', () => {
  const words = 'wide '.repeat(60);
  const wide = `\`\`\`\n${words}\n\`\`\`\n\n| ${words.replaceAll(' ', ' | ')}|\n|${'-|'.repeat(61)}\n`;
  const narrow = '```\nlet a;\n```\n\n| A |\n|---|\n| 1 |\n';
  const leaf = (text: string) =>
    fixture<ChatStreamMarkdownElement>(
      html`<chat-stream-markdown complete .text=${text}></chat-stream-markdown>`,
    );
  /** What a person gets to with the tabulator, but for buttons. */
  const stops = (element: Element) =>
    [...element.shadowRoot!.querySelectorAll<HTMLElement>('code, .scroll')]
      .filter((block) => block.tabIndex === 0)
      .map(({ localName, className }) => className || localName);

  it('can be scrolled by keyboard, and what fits is no stop', async () => {
    const fits = await leaf(narrow);
    const element = await leaf(wide);
    await until(() => stops(element).join() === 'code,scroll');
    const code = inside(element, 'code')!;
    code.focus();
    await press('ArrowRight');
    await until(() => code.scrollLeft > 0);
    expect(stops(fits)).to.deep.equal([]);
  });

  it('can be scrolled by keyboard as well where the line got narrower later', async () => {
    const element = await leaf(
      `\`\`\`\n${'wide '.repeat(10)}\n\`\`\`\n\n|${' wide |'.repeat(4)}\n|${'-|'.repeat(4)}\n`,
    );
    element.style.setProperty('inline-size', '700px');
    await until(() => inside(element, '.scroll'));
    await new Promise((seen) => new ResizeObserver(() => requestAnimationFrame(seen)).observe(element));
    expect(stops(element)).to.deep.equal([]);
    element.style.setProperty('inline-size', '280px');
    await until(() => stops(element).join() === 'code,scroll');
  });

  it('can be scrolled once it is shown, where it was hidden first', async () => {
    const hidden = await fixture(html`<div hidden></div>`);
    const element = document.createElement('chat-stream-markdown');
    Object.assign(element, { text: wide, complete: true });
    hidden.append(element);
    await until(() => shows(element, 'wide'));
    const other = await leaf(wide);
    await until(() => stops(other).length);
    hidden.hidden = false;
    await until(() => stops(element).join() === 'code,scroll');
  });
});

describe('code in an answer', () => {
  /** The files of grammars that this page asked for. */
  const grammars = () =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => /legacy-modes\/mode\/(\w+)/.exec(name)?.[1])
      .filter((name) => name !== undefined);
  const spans = (element: Element) => element.shadowRoot!.querySelectorAll('code .k').length;

  it('is coloured when a person gets to it, and its language fetched only then', async () => {
    const code = '```lua\nlocal a = 1\n```';
    const text = `\`\`\`rust\nlet a = 1;\n\`\`\`\n\n${'Words.\n\n'.repeat(400)}${code}`;
    const element = await fixture<ChatStreamMarkdownElement>(
      html`<chat-stream-markdown complete .text=${text}></chat-stream-markdown>`,
    );
    await until(() => spans(element) === 1 && shows(element, 'local a'));
    expect(grammars()).to.include('rust').and.not.to.include('lua');
    element.scrollIntoView({ block: 'end' });
    await until(() => spans(element) === 2);
    expect(grammars()).to.include('lua');
  });
});

describe('chat-stream-message', () => {
  it('needs no chat', async () => {
    const question = await fixture<ChatStreamMessageElement>(
      html`<chat-stream-message .message=${message('user', 'a *b*\n  <i>c</i>')}></chat-stream-message>`,
    );
    expect(inside(question, '.bubble')!.textContent).to.equal('a *b*\n  <i>c</i>');
    expect(inside(question, '.sr')!.textContent).to.equal('You said:');
    const answered = await fixture<ChatStreamMessageElement>(
      html`<chat-stream-message .message=${message('assistant', 'a *b*')}></chat-stream-message>`,
    );
    await until(() => shows(answered, 'a b'));
    expect(buttonNamed(answered, 'Answer again')).to.equal(undefined);
  });

  it('copies the answer as it was written', async () => {
    const element = await fixture<ChatStreamMessageElement>(
      html`<chat-stream-message .message=${message('assistant', 'a *b*')}></chat-stream-message>`,
    );
    const copied: string[] = [];
    await withClipboard(
      async (text) => void copied.push(text),
      async () => {
        buttonNamed(element, 'Copy answer')!.click();
        await until(() => buttonNamed(element, 'Copied'));
      },
    );
    expect(copied).to.deep.equal(['a *b*']);
    await until(() => buttonNamed(element, 'Copy answer'));
  });

  it('tells which answer to give again', async () => {
    const element = await fixture<ChatStreamMessageElement>(
      html`<chat-stream-message regenerable .message=${message('assistant', 'a')}></chat-stream-message>`,
    );
    const wanted: string[] = [];
    element.addEventListener('chat-regenerate', (told) => wanted.push(told.message.id));
    buttonNamed(element, 'Answer again')!.click();
    expect(wanted).to.deep.equal(['m']);
  });

  it('shows text as it grows, is taken back and grows again', async () => {
    const growing = (text: string, done = false): Message => ({
      ...message('assistant', text),
      status: done ? 'complete' : 'streaming',
      parts: [{ type: 'text', id: 't', text, done }],
    });
    const element = await fixture<ChatStreamMessageElement>(
      html`<chat-stream-message .message=${growing('One')}></chat-stream-message>`,
    );
    await until(() => shows(element, 'One'));
    const paragraph = inside(part(element, 'chat-stream-markdown'), 'p')!;
    element.message = growing('One two');
    await until(() => shows(element, 'One two'));
    element.message = growing('One two **three**');
    await until(() => shows(element, 'One two three'));
    expect(paragraph.isConnected, 'the same paragraph').to.equal(true);
    element.message = growing('One', true);
    await until(() => read(part(element, 'chat-stream-markdown')) === 'One');
    element.message = growing('Uno');
    await until(() => shows(element, 'Uno'));
    element.message = { ...growing('Uno dos'), parts: [...growing('Uno dos').parts, ...growing('').parts] };
    await until(() => shows(element, 'Uno dos'));
  });

  it('shows another message that takes its place, whatever the two have in common', async () => {
    const streaming = (id: string, role: 'user' | 'assistant'): Message => ({
      ...message(role, 'One'),
      id,
      status: 'streaming',
      parts: [{ type: 'text', id: 't', text: 'One', done: false }],
    });
    const element = await fixture<ChatStreamMessageElement>(
      html`<chat-stream-message .message=${streaming('a', 'assistant')}></chat-stream-message>`,
    );
    await until(() => shows(element, 'One'));
    element.message = streaming('b', 'user');
    await until(() => inside(element, '[part="bubble"]')?.textContent === 'One');
  });

  it('shows what else changes in the frame in which its text grows', async () => {
    const growing = (text: string): Message => ({
      ...message('assistant', text),
      status: 'streaming',
      parts: [
        { type: 'reasoning', id: 'r', text: `So ${text}`, done: false },
        { type: 'text', id: 't', text, done: false },
      ],
    });
    const element = await fixture<ChatStreamMessageElement>(
      html`<chat-stream-message .message=${growing('One')}></chat-stream-message>`,
    );
    element.message = growing('One two');
    await until(() => {
      const [reasoning, answer] = element.shadowRoot!.querySelectorAll('chat-stream-markdown');
      return shows(reasoning!, 'So One two') && shows(answer!, 'One two');
    });
    const more = growing('One two three');
    element.message = { ...more, parts: [growing('One two').parts[0]!, more.parts[1]!] };
    element.wait = { kind: 'resume', until: null, reason: { code: 'network', message: '', retryable: true } };
    await until(() => shows(element, 'One two three') && inside(element, '[part="wait"]'));
  });

  it('leaves a finished text alone when the message changes', async () => {
    const element = await fixture<ChatStreamMessageElement>(
      html`<chat-stream-message .message=${message('assistant', 'a')}></chat-stream-message>`,
    );
    const markdown = part(element, 'chat-stream-markdown');
    await until(() => inside(markdown, 'p'));
    const before = inside(markdown, 'p');
    element.message = { ...element.message!, metadata: { rated: true } };
    await element.updateComplete;
    expect(part(element, 'chat-stream-markdown')).to.equal(markdown);
    expect(inside(markdown, 'p')).to.equal(before);
  });
});
