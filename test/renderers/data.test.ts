import { csv, parse, tsv } from '../../src/renderers/data.js';
import { axe, click, expect, press, slowness } from '../support/index.js';
import { codeBlock } from './helpers.js';

async function shown(source: string, language = 'csv'): Promise<HTMLElement> {
  const block = await codeBlock(language, source);
  (language === 'tsv' ? tsv : csv)(block).end!();
  return block.element;
}

const cells = (pre: Element): string[][] =>
  [...pre.querySelectorAll('tr')].map((row) => [...row.cells].map((cell) => cell.textContent));
const isSeen = (element: Element | null): boolean => element !== null && element.getClientRects().length > 0;
const toggle = (pre: Element): HTMLButtonElement => pre.querySelector('button')!;

describe('data', () => {
  it('shows a table in place of the text once the fence has closed', async () => {
    const pre = await shown('name,age\nAnna,41\nBert,7\n');
    expect(cells(pre)).to.deep.equal([
      ['name', 'age'],
      ['Anna', '41'],
      ['Bert', '7'],
    ]);
    expect(isSeen(pre.querySelector('table'))).to.equal(true);
    expect(isSeen(pre.querySelector('code'))).to.equal(false);
    expect([...pre.querySelectorAll('th')].map((cell) => cell.scope)).to.deep.equal(['col', 'col']);
  });

  it('a button shows the text as it came, by pointer and keyboard', async () => {
    const pre = await shown('a,b\n1,2\n');
    expect(toggle(pre).getAttribute('aria-pressed')).to.equal('false');
    await click(toggle(pre));
    expect(toggle(pre).getAttribute('aria-pressed')).to.equal('true');
    expect(isSeen(pre.querySelector('code'))).to.equal(true);
    expect(isSeen(pre.querySelector('table'))).to.equal(false);
    expect(pre.querySelector('code')!.textContent).to.equal('a,b\n1,2\n');
    toggle(pre).focus();
    await press('Enter');
    expect(isSeen(pre.querySelector('table'))).to.equal(true);
  });

  it('has a header of its own only where none is', async () => {
    const block = await codeBlock('csv', 'a,b\n1,2\n');
    const header = document.createElement('header');
    header.append(document.createElement('span'));
    block.element.prepend(header);
    csv(block).end!();
    expect(block.element.querySelectorAll('header')).to.have.lengthOf(1);
    expect(header.querySelectorAll('button')).to.have.lengthOf(1);
  });

  it('says how much of many rows is shown', async () => {
    const rows = Array.from({ length: 1234 }, (_, index) => `${index},x`).join('\n');
    const pre = await shown(`id,name\n${rows}`);
    expect(pre.querySelectorAll('tbody tr')).to.have.lengthOf(200);
    expect(pre.querySelector('.note')!.textContent).to.match(/^First 200 of 1\D?234 rows$/);
    expect((await shown('a,b\n1,2')).querySelector('.note')).to.equal(null);
  });

  it('columns of numbers stand flush at their end', async () => {
    const pre = await shown('name,price,share\nA,"1,200.50",5%\nB,-3,\nC,€7,12 %\n');
    const aligned = [...pre.querySelectorAll('th')].map((cell) => getComputedStyle(cell).textAlign);
    expect(aligned).to.deep.equal(['start', 'end', 'end']);
  });

  it('tabs and semicolons separate too', async () => {
    expect(cells(await shown('a\tb,c\n1\t2', 'tsv'))).to.deep.equal([
      ['a', 'b,c'],
      ['1', '2'],
    ]);
    expect(cells(await shown('a;b\n1,5;2'))).to.deep.equal([
      ['a', 'b'],
      ['1,5', '2'],
    ]);
  });

  it('can be scrolled by keyboard and is clean for axe', async () => {
    const pre = await shown(`id,name\n${'1,x\n'.repeat(100)}`);
    const scroller = pre.querySelector<HTMLElement>('.scroll')!;
    scroller.focus();
    expect(pre.getRootNode()).to.have.property('activeElement', scroller);
    expect(scroller.scrollHeight).to.be.greaterThan(scroller.clientHeight);
    await axe(pre);
  });

  for (const [what, source] of Object.entries({
    'a quote that never closes': 'a,b\n1,2\n"3,4\n',
    'one column': 'a\nb\nc\n',
    'one row': 'a,b,c\n',
    nothing: '',
    'more columns than anyone reads': `${','.repeat(500)}\n${','.repeat(500)}`,
  })) {
    it(`${what} stays text`, async () => {
      const pre = await shown(source);
      expect(pre.querySelector('table, button')).to.equal(null);
      expect(isSeen(pre.querySelector('code'))).to.equal(true);
      expect(pre.textContent).to.equal(source);
    });
  }

  it('text that looks like markup, a formula or a link is text to the letter', async () => {
    const hostile = [
      '<img src=x onerror=alert(1)>',
      '=HYPERLINK("http://example.com")',
      '[a](javascript:b)',
      '&lt;',
    ];
    const quoted = hostile.map((cell) => `"${cell.replaceAll('"', '""')}"`);
    const pre = await shown(`${quoted.join()}\n${quoted.join()}`);
    expect(cells(pre)).to.deep.equal([hostile, hostile]);
    expect(pre.querySelectorAll('img, a')).to.have.lengthOf(0);
  });

  it('large data take no time to speak of', () => {
    const began = performance.now();
    parse('"'.repeat(500_001), ',');
    parse('a\n'.repeat(300_000), ',');
    parse(','.repeat(300_000), ',');
    expect(performance.now() - began).to.be.lessThan(1500 * slowness());
  });
});

describe('parse', () => {
  for (const [source, rows] of [
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\rc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      '"a,b","c ""d"""\n"e\nf",',
      [
        ['a,b', 'c "d"'],
        ['e\nf', ''],
      ],
    ],
    [
      'a,,\n,,b',
      [
        ['a', '', ''],
        ['', '', 'b'],
      ],
    ],
    [
      'a,b\n\n\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['"",b', [['', 'b']]],
    ['"a"x,b', [['ax', 'b']]],
    ['a"b,c', [['a"b', 'c']]],
    [' a , b ', [[' a ', ' b ']]],
  ] as const) {
    it(JSON.stringify(source), () => expect(parse(source, ',')).to.deep.equal(rows));
  }
});
