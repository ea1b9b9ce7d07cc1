import '../../src/define-widget.js';

import type { MessageInput } from '../../src/model/plain-data.js';
import { expect, until } from '../support/index.js';
import {
  broken,
  buttonNamed,
  cutBehind,
  list,
  log,
  messages,
  shows,
  widget,
  whole,
  words,
} from './helpers.js';
import type { Widget } from './helpers.js';
import { asked, text, waitFor, waiting } from './wait-helpers.js';

/** The least that a target measures in both directions, in CSS pixels: WCAG 2.2, 2.5.8. */
const least = 24;
const targets =
  'button, summary, a[href], input, select, textarea, [tabindex="0"], [role=button], [role=link]';

/** All elements of a tree, those of shadow trees among them. */
function* below(root: ParentNode): Generator<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    yield element;
    if (element.shadowRoot) yield* below(element.shadowRoot);
  }
}

/** Whether it stands in a line of text: its size is that of the line, which 2.5.8 exempts. */
function isInSentence(target: HTMLElement): boolean {
  const line = target.closest('p, li, td, th, h1, h2, h3, h4, h5, h6');
  const isInline = getComputedStyle(target).display.startsWith('inline');
  return isInline && line !== null && line.textContent.trim().length > target.textContent.trim().length;
}

/** What is pressed for a target: a label presses its field. */
const pressed = (target: HTMLElement): HTMLElement => target.closest('label') ?? target;

const described = (target: HTMLElement): string => {
  const name =
    target.ariaLabel ?? (target.textContent.trim() || target.getAttribute('name') || target.className);
  const { width, height } = pressed(target).getBoundingClientRect();
  return `${target.localName} “${name.replace(/\s+/g, ' ').slice(0, 40)}” is ${width.toFixed(1)} × ${height.toFixed(1)}`;
};

/** The targets that can be seen, and those of them that are too small. */
function measured(element: Widget): { all: HTMLElement[]; small: string[] } {
  const all = [...below(element.shadowRoot!)].filter(
    (target) => target.matches(targets) && target.checkVisibility({ visibilityProperty: true }),
  );
  const small = all.filter((target) => {
    const { width, height } = pressed(target).getBoundingClientRect();
    return Math.min(width, height) < least - 0.01 && !isInSentence(target);
  });
  return { all, small: small.map(described) };
}

const lines = Array.from({ length: 50 }, (_, index) => `a line that is long enough to be wrapped: ${index}`);
const markdown = [
  'Text with a [link](https://example.com), a note[^1] and ![A chart](https://i.example/c.png).',
  '![](https://i.example/c.png)',
  '<details><summary>More</summary>\n\nwhat is folded\n\n</details>',
  '| A | B |\n|---|---|\n| 1 | 2 |',
  `\`\`\`js\n${lines.join('\n')}\n\`\`\``,
  '```csv\na,b\n1,2\n3,4\n```',
  '[^1]: Its words.',
].join('\n\n');

const options = [{ value: 'a', label: 'A' }];
const sizes = ['3xs', 'xs', 'md', '3xl'];
const fields = sizes.flatMap((size) => [
  { type: 'Button', label: 'B', size, onClickAction: { type: 'x' } },
  { type: 'Button', iconStart: 'plus', uniform: true, size, onClickAction: { type: 'x' } },
  { type: 'Input', name: `input-${size}`, size },
  { type: 'Select', name: `select-${size}`, size, options },
]);
const form = {
  type: 'Card',
  children: [
    ...fields,
    { type: 'Textarea', name: 'textarea', rows: 1 },
    { type: 'DatePicker', name: 'date' },
    { type: 'Checkbox', name: 'checkbox', label: 'C' },
    { type: 'Checkbox', name: 'bare' },
    { type: 'RadioGroup', name: 'radio', options },
    { type: 'Text', value: 'edited', editable: { name: 'text' } },
    { type: 'Image', src: 'https://i.example/i.png', alt: 'Small', size: 16 },
  ],
  confirm: { label: 'OK', action: { type: 'x' } },
  cancel: { label: 'No', action: { type: 'x' } },
};
const rows = {
  type: 'ListView',
  limit: 1,
  children: [1, 2].map(() => ({
    type: 'ListViewItem',
    onClickAction: { type: 'x' },
    children: [{ type: 'Caption', value: 'R', size: 'sm' }],
  })),
};
const folded = { type: 'Card', collapsed: true, children: [{ type: 'Text', value: 'inside' }] };

const call = { type: 'tool-call', name: 'search', input: { q: 1 }, output: 'found' } as const;
const answer: MessageInput['parts'] = [
  { type: 'reasoning', text: 'Hm.' },
  { ...call, id: 'done', state: 'complete' },
  { ...call, id: 'failed', state: 'error', error: 'no' },
  { type: 'text', text: markdown },
  ...[form, rows, folded].map((data) => ({ type: 'data', name: 'widget', data }) as const),
  { type: 'source', id: 's', url: 'https://example.com', title: 'S' },
  { type: 'file', mediaType: 'text/plain', url: 'https://example.com/f', name: 'F' },
];

const states: Record<string, () => Promise<Widget>> = {
  'an empty chat': async () => {
    const element = await widget();
    element.suggestions = ['One', 'Two'];
    await until(() => shows(log(element), 'Two'));
    return element;
  },
  'an answer with all that there is': async () => {
    const element = await widget();
    element.follow = 'none';
    element.messages = [
      { role: 'user', text: 'Go' },
      { role: 'assistant', parts: answer },
    ];
    const drawn = () => measured(element).all;
    const kinds = [
      '.more > button',
      '.toggle',
      '.image > button',
      '.to-back',
      '.table > .copy',
      '[name=date]',
    ];
    await until(() => kinds.every((kind) => drawn().some((target) => target.matches(kind))));
    for (const target of drawn()) if (target.localName === 'summary') target.click();
    await until(
      () => shows(log(element), 'what is folded') && buttonNamed(list(element), 'Scroll to the end'),
    );
    return element;
  },
  'a failed answer': async () => {
    const element = await widget(broken(words('Half')), whole('x'));
    await cutBehind(element, 'Half');
    await until(() => buttonNamed(list(element), 'Try again'));
    return element;
  },
  'an answer that is stopped': async () => {
    const { element, script } = await asked();
    script.push(text('Half'));
    await until(() => shows(log(element), 'Half'));
    element.stop();
    await until(() => buttonNamed(messages(element)[1]!, 'Answer again'));
    return element;
  },
  'an answer that waits': async () => {
    const { element, script } = await asked();
    script.push(text('Half'), waitFor('resume', 60_000));
    await until(() => waiting(element));
    return element;
  },
};

describe('what is pressed is large enough', () => {
  for (const [name, make] of Object.entries(states))
    for (const size of ['15px', '11px'])
      it(`in ${name}, with text of ${size}`, async () => {
        const element = await make();
        element.style.setProperty('--chat-font-size', size);
        const { all, small } = measured(element);
        expect(all.length).to.be.greaterThan(1);
        expect(small).to.deep.equal([]);
      });
});
