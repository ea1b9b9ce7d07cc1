import { axe, click, expect, press, type } from '../support/index.js';
import { buttonNamed, inside, nameOf } from './helpers.js';
import { action, all, card, drawn, text } from './widget-helpers.js';
import type { Node } from './widget-helpers.js';

const options = [
  { value: 'a', label: 'Ada' },
  { value: 'b', label: 'Berta', description: 'on leave', disabled: true },
];
const fields: Node[] = [
  { type: 'Label', value: 'Title', fieldName: 'todo.title' },
  { type: 'Input', name: 'todo.title', defaultValue: 'Tidy', required: true },
  { type: 'Textarea', name: 'notes', placeholder: 'More', rows: 2, autoResize: true, maxRows: 5 },
  {
    type: 'Select',
    name: 'who',
    options,
    placeholder: 'Anyone',
    clearable: true,
    onChangeAction: action('who'),
  },
  { type: 'DatePicker', name: 'dueDate', defaultValue: '2026-11-20T00:00:00', min: '2026-11-01' },
  { type: 'Label', value: 'Priority', fieldName: 'priority' },
  {
    type: 'RadioGroup',
    name: 'priority',
    options: [
      { label: 'Low', value: '1' },
      { label: 'High', value: '2' },
    ],
    defaultValue: '1',
    onChangeAction: action('priority'),
  },
  { type: 'Checkbox', name: 'remind', label: 'Remind me', defaultChecked: true },
  text('In place', { editable: { name: 'caption' } }),
];
const form = (...children: unknown[]): Node =>
  card({
    type: 'Form',
    onSubmitAction: action('save', { id: 7, notes: 'fixed' }),
    children: [...fields, ...children],
  });
const values = {
  todo: { title: 'Tidy' },
  notes: '',
  who: '',
  dueDate: '2026-11-20',
  priority: '1',
  remind: true,
  caption: 'In place',
};

describe('fields of a widget', () => {
  it('all have names, and axe finds nothing', async () => {
    const element = await drawn(form({ type: 'Button', label: 'Save', submit: true }));
    expect(
      all(element, 'input, textarea, select').map(
        (field) => (field as HTMLInputElement).labels?.[0]?.textContent.trim() || nameOf(field),
      ),
    ).to.deep.equal(['Title', 'More', 'Anyone', 'Due date', 'Low', 'High', 'Remind me', 'Caption']);
    expect(inside(element, '[role="radiogroup"]')!.getAttribute('aria-labelledby')).to.be.a('string');
    for (const look of ['light', 'dark']) {
      element.style.setProperty('color-scheme', look);
      element.parentElement!.style.setProperty('background', look === 'dark' ? '#16181d' : '#fff');
      await axe(element);
    }
  });

  it('are sent with their form; what the payload has already stays', async () => {
    const element = await drawn(form({ type: 'Button', label: 'Save', submit: true }));
    await click(buttonNamed(element, 'Save')!);
    expect(element.told).to.deep.equal([
      { type: 'save', payload: { ...values, id: 7, notes: 'fixed' }, handler: 'server', streaming: true },
    ]);
  });

  it('are written by keyboard and sent with Enter', async () => {
    const element = await drawn(form({ type: 'Button', label: 'Save', submit: true }));
    inside(element, 'input')!.focus();
    await press('End');
    await type(' up');
    await press('Enter');
    expect(element.told[0]?.payload).to.deep.include({ todo: { title: 'Tidy up' } });
  });

  it('that miss what is required are not sent', async () => {
    const element = await drawn(form({ type: 'Button', label: 'Save', submit: true }));
    inside<HTMLInputElement>(element, 'input')!.value = '';
    buttonNamed(element, 'Save')!.click();
    expect(element.told).to.deep.equal([]);
    expect(inside<HTMLInputElement>(element, 'input')!.matches(':invalid')).to.equal(true);
  });

  it('go along with every action of their form', async () => {
    const element = await drawn(
      form({
        type: 'Button',
        label: 'Delete',
        onClickAction: { ...action('delete'), handler: 'client', streaming: false },
      }),
    );
    await click(buttonNamed(element, 'Delete')!);
    expect(element.told).to.deep.equal([
      { type: 'delete', payload: values, handler: 'client', streaming: false },
    ]);
  });

  it('tell of a change', async () => {
    const element = await drawn(card(...fields));
    const radios = all<HTMLInputElement>(element, 'input[type="radio"]');
    radios[0]!.focus();
    await press('ArrowDown');
    const select = inside<HTMLSelectElement>(element, 'select')!;
    select.value = 'a';
    select.dispatchEvent(new Event('change'));
    expect(element.told.map(({ type: name, payload }) => [name, payload])).to.deep.equal([
      ['priority', { priority: '2' }],
      ['who', { who: 'a' }],
    ]);
  });

  it('of a card go with its confirmation', async () => {
    const asked = (children: Node[]) => ({
      ...card(...children),
      asForm: true,
      confirm: { label: 'Send', action: action('send', { id: 1 }) },
      cancel: { label: 'Cancel', action: action('cancel') },
    });
    const element = await drawn(asked([{ type: 'Input', name: 'mail', inputType: 'email', required: true }]));
    buttonNamed(element, 'Send')!.click();
    expect(element.told).to.deep.equal([]);
    inside(element, 'input')!.focus();
    await type('a@b.example');
    await click(buttonNamed(element, 'Send')!);
    await click(buttonNamed(element, 'Cancel')!);
    expect(element.told.map(({ type: name, payload }) => [name, payload])).to.deep.equal([
      ['send', { id: 1, mail: 'a@b.example' }],
      ['cancel', { mail: 'a@b.example' }],
    ]);
    // A form inside of a form is a box.
    const nested = await drawn(
      asked([{ type: 'Form', onSubmitAction: action('x'), children: [{ type: 'Input', name: 'a' }] }]),
    );
    expect(all(nested, 'form')).to.have.length(1);
  });

  it('do not get the words of another field in their place', async () => {
    const element = await drawn(card({ type: 'Input', name: 'one' }));
    inside(element, 'input')!.focus();
    await type('secret');
    element.widget = card({ type: 'Input', name: 'two' });
    await element.updateComplete;
    expect(inside<HTMLInputElement>(element, 'input')!).to.include({ name: 'two', value: '' });
  });

  it('do not take the focus, and let nothing be filled in unasked', async () => {
    const before = document.activeElement;
    const element = await drawn(
      card({ type: 'Input', name: 'card', autoFocus: true, autoComplete: 'cc-number' }),
    );
    expect(document.activeElement).to.equal(before);
    expect(inside(element, 'input')!.getAttribute('autocomplete')).to.equal('off');
  });
});
