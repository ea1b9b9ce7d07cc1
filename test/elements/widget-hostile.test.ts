import { allowFaults, expect, requestsSeen, until } from '../support/index.js';
import { buttonNamed, inside, read } from './helpers.js';
import { action, all, card, drawn, text } from './widget-helpers.js';
import type { Node } from './widget-helpers.js';

const everyType = [
  ...['Card', 'ListView', 'ListViewItem', 'Basic', 'Row', 'Col', 'Box', 'Spacer', 'Divider', 'Text', 'Title'],
  ...[
    'Caption',
    'Markdown',
    'Label',
    'Badge',
    'Image',
    'Icon',
    'Button',
    'Form',
    'Input',
    'Textarea',
    'Select',
  ],
  ...['RadioGroup', 'Checkbox', 'DatePicker', 'Transition', 'Chart'],
];
const everyField = [
  ...[
    'value',
    'label',
    'name',
    'children',
    'status',
    'confirm',
    'cancel',
    'color',
    'background',
    'padding',
    'margin',
  ],
  ...[
    'border',
    'size',
    'width',
    'height',
    'gap',
    'align',
    'justify',
    'wrap',
    'flex',
    'radius',
    'aspectRatio',
    'options',
  ],
  ...[
    'series',
    'data',
    'xAxis',
    'src',
    'alt',
    'editable',
    'maxLines',
    'minLines',
    'rows',
    'limit',
    'pattern',
    'theme',
  ],
  ...[
    'onClickAction',
    'onSubmitAction',
    'onChangeAction',
    'defaultValue',
    'placeholder',
    'iconStart',
    'key',
    'id',
    'fieldName',
  ],
];

describe('a hostile widget', () => {
  it('never runs or loads an address', async () => {
    const addresses = [
      'javascript:alert(1)',
      'data:text/html,<b>x',
      'data:image/svg+xml;base64,PHN2Zz4=',
      'blob:x',
      'file:///etc/passwd',
      'http://',
      '',
      null,
    ];
    const element = await drawn(
      card(...addresses.map((src) => ({ type: 'Image', src, alt: 'x' })), {
        type: 'Markdown',
        value: '[a](javascript:alert(1)) ![b](https://example.com/b.png)',
      }),
    );
    await until(() => read(element).includes('a'));
    expect(all(element, 'button, img, a[href]')).to.have.length(0);
    expect(
      inside(element, 'chat-stream-markdown')!.shadowRoot!.querySelector('a[href^="javascript"], img'),
    ).to.equal(null);
  });

  it('never makes markup of words', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const element = await drawn(
      card(
        text(evil),
        { type: 'Title', value: evil },
        { type: 'Badge', label: evil },
        { type: 'Button', label: evil },
        { type: evil },
        { type: 'Text', value: { _$litType$: 1, strings: [evil], values: [] } },
      ),
    );
    expect(element.shadowRoot!.querySelector('img')).to.equal(null);
    expect(read(element)).to.include(evil);
  });

  it('styles nothing but what is known', async () => {
    const injected = 'red; position: fixed; inset: 0';
    const load = 'url(/test/elements/tracked.png?css)';
    const values = [
      injected,
      load,
      `${load} red`,
      'var(--x)',
      'expression(alert(1))',
      'env(x)',
      '9999999px',
      'calc(1px * 1e9)',
      -5,
      Infinity,
      NaN,
    ];
    const boxes = values.map((value) => ({
      type: 'Box',
      ...Object.fromEntries(
        [
          'background',
          'width',
          'height',
          'padding',
          'margin',
          'border',
          'radius',
          'gap',
          'flex',
          'align',
          'justify',
          'wrap',
          'aspectRatio',
          'minWidth',
        ].map((name) => [name, value]),
      ),
      children: [text('a', { color: value, size: value, weight: value, width: value })],
    }));
    const element = await drawn(
      card(...boxes, {
        type: 'Box',
        width: 1e9,
        height: 50,
        padding: 1e9,
        border: { size: 1e9, color: 'red' },
        children: [],
      }),
    );
    for (const box of all(element, '.box, .text')) {
      const style = box.getAttribute('style') ?? '';
      expect(style).not.to.match(/url|fixed|var\(--x|expression|env\(|calc/);
      expect(getComputedStyle(box).position).to.equal('static');
    }
    expect(all(element, '[class*=";"], [class*="("]')).to.have.length(0);
    expect(inside(element, '.card')!.getBoundingClientRect().width).to.be.at.most(
      element.getBoundingClientRect().width,
    );
    expect((await requestsSeen()).filter(({ url }) => url.includes('?css'))).to.have.length(0);
  });

  it('cannot overlay the page', async () => {
    const element = await drawn(
      card({ type: 'Box', margin: -500, width: 5000, background: '#f00', children: [text('x')] }),
    );
    const { left, right } = element.getBoundingClientRect();
    const [box] = all(element, '.card');
    expect(box!.getBoundingClientRect().left).to.be.at.least(left);
    expect(box!.getBoundingClientRect().right).to.be.at.most(right);
  });

  it('is cut where it is too deep or too large', async () => {
    let deep: Node = text('bottom');
    for (let level = 0; level < 5000; level++) deep = { type: 'Col', children: [deep] };
    const low = await drawn(card(deep));
    expect(read(low)).to.equal('The rest is left out');
    const wide = await drawn(card(...Array.from({ length: 20_000 }, (_, index) => text(`row ${index}`))));
    expect(all(wide, 'p').length).to.be.within(900, 1100);
    expect(read(wide)).to.match(/The rest is left out$/);
    const choices = Array.from({ length: 20_000 }, (_, index) => ({ value: `${index}`, label: 'x' }));
    const data = Array.from({ length: 20_000 }, () => ({ a: 1 }));
    const long = await drawn(
      card(
        { type: 'Select', name: 's', options: choices },
        { type: 'Chart', xAxis: 'a', series: [{ dataKey: 'a' }], data },
      ),
    );
    expect(all(long, 'option, tr').length).to.be.below(1000);
  });

  it('may repeat its names', async () => {
    const same = { key: 'k', id: 'k' };
    const element = await drawn(
      card(
        text('a', same),
        text('b', same),
        { type: 'Label', value: 'L', fieldName: 'n' },
        { type: 'Input', name: 'n' },
        { type: 'Input', name: 'n' },
      ),
    );
    element.widget = card(text('b', same), text('a', same), text('c', same));
    await element.updateComplete;
    expect(read(element)).to.equal('bac');
  });

  it('reaches no prototype by the names of its fields', async () => {
    const names = ['__proto__.polluted', 'constructor.prototype.polluted', 'toString', 'a.__proto__', 'ok'];
    const element = await drawn(
      card({
        type: 'Form',
        onSubmitAction: JSON.parse('{"type":"x","payload":{"__proto__":{"y":1}}}') as Node,
        children: [
          ...names.map((name) => ({ type: 'Input', name, defaultValue: '1' })),
          { type: 'Button', label: 'Go', submit: true },
        ],
      }),
    );
    buttonNamed(element, 'Go')!.click();
    expect(({} as Node).polluted).to.equal(undefined);
    expect(Object.keys(element.told[0]!.payload as object)).to.have.members(
      ['__proto__', 'toString', 'a', 'ok'].filter((name) => name !== 'a'),
    );
    for (const type of ['__proto__', 'constructor', 'toString'])
      expect(read(await drawn({ type }))).to.include('cannot be shown');
  });

  it('cannot hang the page by a pattern', async () => {
    const patterns = [
      '(a+)+$',
      '(a|a)*b',
      'a*a*a*a*a*a*a*b',
      '(a)\\1+',
      '[',
      'x'.repeat(500),
      '[a-z]{3}',
      '\\d+-\\d+',
    ];
    const element = await drawn(
      card(...patterns.map((pattern, index) => ({ type: 'Input', name: `n${index}`, pattern }))),
    );
    expect(all(element, 'input').flatMap((field) => field.getAttribute('pattern') ?? [])).to.deep.equal([
      '[a-z]{3}',
      '\\d+-\\d+',
    ]);
  });

  it('never throws, whatever its fields hold', async () => {
    allowFaults('csp', /^img-src/);
    const values = [
      undefined,
      null,
      0,
      -1,
      NaN,
      '',
      'x',
      true,
      [],
      [null],
      [[]],
      {},
      { type: 'Card' },
      { size: 1, text: {}, label: [] },
    ];
    for (const type of everyType) {
      const nodes = values.map((value) => ({
        type,
        ...Object.fromEntries(everyField.map((name) => [name, value])),
      }));
      const element = await drawn(card(...nodes));
      for (const button of all<HTMLButtonElement>(element, 'button')) button.click();
      await element.updateComplete;
    }
    await drawn(card({ type: 'Button', label: 'x', onClickAction: action('') }));
  });
});
