import { html } from 'lit';
import {
  allowFaults,
  axe,
  click,
  expect,
  expectFault,
  fixture,
  press,
  requestsSeen,
  until,
} from '../support/index.js';
import { buttonNamed, inside, nameOf, read, shows } from './helpers.js';
import { action, all, card, drawn, text } from './widget-helpers.js';
import type { Node } from './widget-helpers.js';

const report = card(
  {
    type: 'Row',
    children: [
      { type: 'Icon', name: 'chart' },
      { type: 'Title', value: 'Report', size: 'lg' },
      { type: 'Spacer' },
      { type: 'Badge', label: 'New', color: 'success' },
    ],
  },
  { type: 'Divider', flush: true },
  text('It went well', { weight: 'semibold', color: 'secondary', maxLines: 2 }),
  { type: 'Caption', value: 'Yesterday' },
  { type: 'Markdown', value: 'With **care**' },
  {
    type: 'Box',
    direction: 'row',
    gap: 2,
    padding: { x: 3 },
    background: 'surface-secondary',
    radius: 'md',
    children: [text('Inside')],
  },
  { type: 'Transition', children: text('Moving') },
  { type: 'Button', label: 'Open', iconEnd: 'chevron-right', onClickAction: action('open', { id: 7 }) },
);
const lines = (more: Node = {}): Node => ({
  type: 'ListView',
  status: { text: 'Lines', icon: 'map-pin' },
  children: ['Blue', 'Red', 'Green'].map((name) => ({
    type: 'ListViewItem',
    key: name,
    onClickAction: action('line.select', { name }),
    children: [
      { type: 'Box', background: `${name.toLowerCase()}-500`, size: 24, radius: 'full' },
      text(name),
    ],
  })),
  ...more,
});
const chart: Node = {
  type: 'Chart',
  xAxis: { dataKey: 'month', labels: { jan: 'January' } },
  series: [
    { type: 'bar', dataKey: 'sold', label: 'Sold' },
    { type: 'line', dataKey: 'lost', color: 'red-500' },
  ],
  data: [
    { month: 'jan', sold: 1200, lost: 3 },
    { month: 'feb', sold: 600 },
  ],
};

describe('chat-stream-widget', () => {
  it('shows a card as a person expects it', async () => {
    const element = await drawn(report);
    expect(inside(element, 'h3')!.textContent).to.equal('Report');
    expect(inside(element, '[role="group"]')!.getAttribute('aria-label')).to.equal('Report');
    await until(() => shows(element, 'With care'));
    expect(read(element)).to.equal('ReportNewIt went wellYesterdayWith careInsideMovingOpen');
    const badge = inside(element, '.badge')!;
    const title = inside(element, 'h3')!;
    expect(badge.getBoundingClientRect().left).to.be.greaterThan(title.getBoundingClientRect().right);
  });

  it('shows nothing for what is no tree', async () => {
    for (const tree of [undefined, null, 'Card', 7]) expect(read(await drawn(tree))).to.equal('');
  });

  it('tells what was pressed, and in which item', async () => {
    const element = await drawn(report);
    const items: unknown[] = [];
    document.body.addEventListener('chat-widget-action', (event) => items.push(event.itemId), { once: true });
    await click(buttonNamed(element, 'Open')!);
    expect(element.told).to.deep.equal([
      { type: 'open', payload: { id: 7 }, handler: 'server', streaming: true },
    ]);
    expect(items).to.deep.equal(['w1']);
  });

  it('makes rows of a list buttons for mouse and keyboard', async () => {
    const element = await drawn(lines());
    const rows = all(element, 'li');
    expect(rows).to.have.length(3);
    await click(rows[1]!);
    inside(element, 'li button')!.focus();
    await press('Enter');
    expect(element.told.map(({ payload }) => payload)).to.deep.equal([{ name: 'Red' }, { name: 'Blue' }]);
    expect(all(element, 'li button').map(nameOf)).to.deep.equal(['Blue', 'Red', 'Green']);
  });

  it('unfolds a long list, and goes on from there', async () => {
    const element = await drawn(lines({ limit: 2 }));
    expect(all(element, 'li')).to.have.length(2);
    const more = buttonNamed(element, 'Show more')!;
    more.focus();
    await press('Enter');
    await until(() => all(element, 'li').length === 3);
    expect(nameOf(element.shadowRoot!.activeElement!)).to.equal('Green');
    expect(buttonNamed(element, 'Show more')).to.equal(undefined);
  });

  it('shows a chart as a table of all its numbers', async () => {
    const element = await drawn(card(chart));
    const rows = all<HTMLTableRowElement>(element, 'tr').map((row) =>
      [...row.cells].map((one) => one.textContent.trim()),
    );
    expect(rows).to.deep.equal([
      ['Month', 'Sold', 'Lost'],
      ['January', (1200).toLocaleString(), '3'],
      ['feb', '600', ''],
    ]);
  });

  it('folds a card that is done', async () => {
    const element = await drawn({ ...card(text('Secret')), collapsed: true, status: { text: 'Sent' } });
    expect(inside(element, 'summary')!.textContent).to.equal('Sent');
    await click(inside(element, 'summary')!);
    expect(inside<HTMLDetailsElement>(element, 'details')!.open).to.equal(true);
  });

  it('names what it cannot draw', async () => {
    const element = await drawn(card(text('Before'), { type: 'Hologram', children: [] }, text('After')));
    expect(read(element)).to.equal('BeforeHologram cannot be shown hereAfter');
  });

  describe('pictures', () => {
    const picture = { type: 'Image', src: '/test/elements/missing.png?widget', alt: 'A hill', size: 200 };

    const wanted = (element: Element) => inside<HTMLButtonElement>(element, 'button.wanted');

    it('load only when they are asked for', async () => {
      const element = await drawn(card(picture));
      expect(inside(element, 'img')).to.equal(null);
      expect(read(wanted(element)!)).to.equal(`Show image: A hill${location.host}`);
      expect((await requestsSeen()).filter(({ url }) => url.includes('?widget'))).to.have.length(0);
    });

    it('show in the place of their button, which the focus follows', async () => {
      allowFaults('csp', /^img-src/);
      const element = await drawn(card(picture));
      wanted(element)!.focus();
      wanted(element)!.click();
      await element.updateComplete;
      const image = inside<HTMLImageElement>(element, 'img')!;
      expect(image).to.include({ alt: 'A hill', referrerPolicy: 'no-referrer' });
      expect(element.shadowRoot!.activeElement).to.equal(image);
      // Another picture is another question.
      element.widget = card({ ...picture, src: '/other.png' });
      await element.updateComplete;
      expect(inside(element, 'img')).to.equal(null);
    });

    it('that fail leave their words', async () => {
      const blocked = expectFault('csp', /^img-src/);
      const element = await drawn(card(picture));
      wanted(element)!.click();
      await blocked;
      const place = await until(() => inside(element, '[role="img"]'));
      expect(place.getAttribute('aria-label')).to.equal('A hill');
    });

    it('that are small show their words as a tip', async () => {
      const element = await drawn(card({ ...picture, size: 40 }));
      expect(wanted(element)).to.include({ title: 'Show image: A hill', ariaLabel: 'Show image: A hill' });
      expect(wanted(element)!.getBoundingClientRect()).to.include({ width: 40, height: 40 });
    });
  });

  it('grows a text and keeps every node', async () => {
    const grown = (value: string, streaming = true) =>
      card(
        { type: 'Title', value: 'Draft' },
        { type: 'Markdown', id: 'm', value, streaming },
        text(value, { id: 't', streaming }),
        { type: 'Input', name: 'to' },
      );
    const element = await drawn(grown('One'));
    const nodes = all(element, 'h3, chat-stream-markdown, p, input');
    const words = inside(element, 'p')!.firstChild;
    await until(() => inside(inside(element, 'chat-stream-markdown')!, 'p'));
    const paragraph = inside(inside(element, 'chat-stream-markdown')!, 'p');
    inside<HTMLInputElement>(element, 'input')!.value = 'Ada';
    for (const [value, over] of [
      ['One two', false],
      ['One two three', true],
    ] as const) {
      element.widget = grown(value, !over);
      await element.updateComplete;
    }
    expect(all(element, 'h3, chat-stream-markdown, p, input')).to.deep.equal(nodes);
    expect(inside(inside(element, 'chat-stream-markdown')!, 'p')).to.equal(paragraph);
    expect(inside(element, 'p')!.firstChild).not.to.equal(null);
    expect(words?.parentNode).to.equal(inside(element, 'p'));
    expect(inside(element, 'p')!.textContent).to.equal('One two three');
    expect(inside<HTMLInputElement>(element, 'input')!.value).to.equal('Ada');
  });

  it('speaks the words it is given', async () => {
    const strings = { widget: { showMore: 'Mehr zeigen' } };
    const provider = await fixture(html`<chat-stream-provider .strings=${strings}></chat-stream-provider>`);
    const element = document.createElement('chat-stream-widget');
    element.widget = lines({ limit: 1 });
    provider.append(element);
    await until(() => buttonNamed(element, 'Mehr zeigen'));
  });

  for (const look of ['light', 'dark']) {
    it(`has nothing that axe finds, ${look}`, async () => {
      const tones = ['primary', 'secondary', 'info', 'discovery', 'success', 'warning', 'danger'];
      const buttons = ['solid', 'soft', 'outline', 'ghost'].flatMap((variant) =>
        tones.map((color) => ({ type: 'Button', label: color, color, variant })),
      );
      const badges = ['solid', 'soft', 'outline'].flatMap((variant) =>
        tones.map((color) => ({ type: 'Badge', label: color, color, variant })),
      );
      const picture = { type: 'Image', src: 'https://example.com/a.png', alt: 'A hill' };
      for (const tree of [
        report,
        lines({ limit: 2 }),
        card(chart, picture, { type: 'Odd' }),
        card(...buttons, ...badges),
        card({ type: 'Button', iconStart: 'plus' }, { type: 'ListViewItem', children: [] }),
      ]) {
        const element = await drawn(tree);
        element.style.setProperty('color-scheme', look);
        element.parentElement!.style.setProperty('background', look === 'dark' ? '#16181d' : '#fff');
        await axe(element);
      }
    });
  }
});
