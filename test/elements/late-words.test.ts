import '../../src/index.js';

import { html } from 'lit';
import type { Strings } from '../../src/controllers/strings.js';
import type { ChatStreamProviderElement } from '../../src/elements/provider.js';
import { allowFaults, expect, fixture, onCleanup, until } from '../support/index.js';
import { read } from './helpers.js';

const german: Partial<Strings> = {
  copy: 'Kopieren',
  copied: 'Kopiert',
  wrap: 'Umbrechen',
  showLines: (lines) => `Alle ${lines} Zeilen`,
  showLess: 'Weniger',
  copyTable: 'Tabelle kopieren',
  asText: 'Als Text',
  firstRows: (shown, all) => `${shown} von ${all} Zeilen`,
  footnote: 'Fußnote',
  backToText: 'Zurück',
  blank: 'Nichts zu sehen',
  images: { load: (alt) => `Bild laden: ${alt || 'Bild'}`, image: 'Bild', failed: 'Nicht geladen:' },
};

interface Shown {
  readonly root: HTMLElement;
  /** Hands the page's words over, and waits until they are given on. */
  translate(strings?: Partial<Strings>): Promise<void>;
}

/** A text that is drawn in a chat of English words. */
async function shown(text: string, ready: string): Promise<Shown> {
  const provider = await fixture<ChatStreamProviderElement>(html`
    <chat-stream-provider
      ><chat-stream-markdown .text=${text} complete></chat-stream-markdown
    ></chat-stream-provider>
  `);
  const markdown = provider.querySelector('chat-stream-markdown')!;
  const root = await until(() => markdown.shadowRoot?.querySelector<HTMLElement>('[part=text]'));
  await until(() => root.querySelector(ready), `there is no ${ready}`);
  return {
    root,
    async translate(strings = german) {
      provider.strings = strings;
      await provider.updateComplete;
      await markdown.updateComplete;
    },
  };
}

const names = (root: ParentNode): string[] =>
  [...root.querySelectorAll('button')].map((button) => button.ariaLabel ?? button.textContent);
const focused = (root: Element): Element | null => (root.getRootNode() as ShadowRoot).activeElement;

describe('words that are set after an answer was drawn', () => {
  it('are those of code, which stays as it is, and its focus where it was', async () => {
    const lines = Array.from(
      { length: 50 },
      (_, index) => `a line that is long enough to be wrapped: ${index}`,
    );
    const { root, translate } = await shown(`\`\`\`\n${lines.join('\n')}\n\`\`\``, '.more button');
    const buttons = [...root.querySelectorAll('button')];
    expect(names(root)).to.deep.equal(['Wrap', 'Copy', 'Show all 50 lines']);
    buttons[0]!.focus();
    await translate();
    expect(names(root)).to.deep.equal(['Umbrechen', 'Kopieren', 'Alle 50 Zeilen']);
    expect([...root.querySelectorAll('button')]).to.deep.equal(buttons);
    expect(focused(root)).to.equal(buttons[0]);
    buttons[2]!.click();
    await translate({ ...german, showLess: 'Einklappen' });
    expect(names(root)[2]).to.equal('Einklappen');
  });

  it('say of a copy what became of it', async () => {
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: async () => {} },
      configurable: true,
    });
    onCleanup(() => void delete (navigator as { clipboard?: unknown }).clipboard);
    const { root, translate } = await shown('```\ncode\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |', '.copy');
    const [copy, table] = root.querySelectorAll('button');
    copy!.click();
    table!.click();
    await until(() => copy!.textContent === 'Copied' && table!.ariaLabel === 'Copied');
    await translate();
    expect(names(root)).to.deep.equal(['Kopiert', 'Kopiert']);
  });

  it('are those of a table', async () => {
    const { root, translate } = await shown('| a | b |\n|---|---|\n| 1 | 2 |', '.copy');
    const copy = root.querySelector('button')!;
    const drawing = copy.firstElementChild;
    copy.focus();
    await translate();
    expect([copy.ariaLabel, copy.title]).to.deep.equal(['Tabelle kopieren', 'Tabelle kopieren']);
    expect(copy.firstElementChild).to.equal(drawing);
    expect(focused(root)).to.equal(copy);
  });

  it('are those of a table of data, and say how much of it is shown', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => `${index},${index}`);
    const { root, translate } = await shown(`\`\`\`csv\na,b\n${rows.join('\n')}\n\`\`\``, '.toggle');
    const table = root.querySelector('table');
    const toggle = root.querySelector<HTMLElement>('.toggle')!;
    toggle.focus();
    await translate();
    expect(toggle.textContent).to.equal('Als Text');
    expect(read(root)).to.include('200 von 300 Zeilen');
    expect(root.querySelector('table')).to.equal(table);
    expect(focused(root)).to.equal(toggle);
  });

  it('are those of an image that is offered', async () => {
    const { root, translate } = await shown('![](https://i.example/c.png)', '.image button');
    const button = root.querySelector<HTMLButtonElement>('.image button')!;
    button.focus();
    await translate();
    expect(button.ariaLabel).to.equal('Bild laden: Bild');
    expect(read(button)).to.equal('Bild i.example');
    expect(focused(root)).to.equal(button);
  });

  it('are those of an image that could not be loaded', async () => {
    allowFaults('csp', 'img-src');
    const address = 'https://i.example/c.png';
    const { root, translate } = await shown(`![A chart](${address})`, '.image button');
    root.querySelector<HTMLButtonElement>('.image button')!.click();
    const failed = await until(() => root.querySelector('.failed'));
    const link = failed.querySelector('a')!;
    link.focus();
    await translate();
    expect(read(failed)).to.include('Nicht geladen:');
    expect(link.href).to.equal(address);
    expect(focused(root)).to.equal(link);
  });

  it('are those of footnotes', async () => {
    const { root, translate } = await shown(
      'One[^1], and two[^2].\n\n[^1]: First.\n\n[^2]: Second.',
      '.to-back',
    );
    await translate();
    expect(names(root)).to.deep.equal(['Fußnote 1', 'Fußnote 2', 'Zurück', 'Zurück']);
  });

  it('name a footnote by the number that it has in the end', async () => {
    const { root } = await shown('None[^none], and one[^1].\n\n[^1]: First.', '.to-back');
    const mark = root.querySelector('.to-note')!;
    expect([mark.textContent, mark.ariaLabel]).to.deep.equal(['1', 'Footnote 1']);
  });

  it('are those of an answer of which nothing can be seen', async () => {
    const { root, translate } = await shown('\u200b\u200b', '.blank');
    await translate();
    expect(read(root)).to.include('Nichts zu sehen').and.not.to.include('No visible');
  });
});
