import type { ChatStreamElement } from '../../src/index.js';
import { misbehaviourGroups, misbehaviours, protocolNames, suggestions } from './options.js';
import { presetGroups, presets } from './presets.js';
import { describeReport } from './report.js';
import {
  attributesFor,
  defaults,
  readSettings,
  toHTML,
  type SettingName,
  type Settings,
} from './settings.js';

/** What this page uses of the element; the widget's own script defines it. */
type ChatElement = HTMLElement & Partial<Pick<ChatStreamElement, 'suggestions' | 'status' | 'chat'>>;

const find = <T extends HTMLElement>(selector: string): T => document.querySelector<T>(selector)!;
const form = find<HTMLFormElement>('#settings');
const stage = find('#stage');
const code = find('#code');
const copy = find<HTMLButtonElement>('#copy');

select('backend').append(
  ...presetGroups.map((name) => {
    const members = presets.filter(({ group }) => group === name);
    return groupOf(
      name,
      members.map(({ id, name }) => [id, name]),
    );
  }),
);
select('protocol').append(...protocolNames.map((name) => new Option(name)));
select('misbehave').append(
  new Option('No, behave', ''),
  ...Object.entries(misbehaviourGroups).map(([name, faults]) =>
    groupOf(
      name,
      Object.entries(faults).map(([value, [text]]) => [value, text]),
    ),
  ),
);
readAddress();
let shown = apply(currentSettings());
form.addEventListener('input', () => {
  const settings = currentSettings();
  shown = apply(settings, shown);
  writeAddress();
});
form.addEventListener('submit', (event) => event.preventDefault());
copy.addEventListener('click', () => void copyCode());
window.addEventListener('load', reportMissingWidget);

function select(name: SettingName): HTMLSelectElement {
  return form.elements.namedItem(name) as HTMLSelectElement;
}

function groupOf(label: string, members: Array<[value: string, text: string]>): HTMLOptGroupElement {
  const group = document.createElement('optgroup');
  group.label = label;
  group.append(...members.map(([value, text]) => new Option(text, value)));
  return group;
}

function currentSettings(): Settings {
  const data = new FormData(form);
  return readSettings((name) => data.get(name) as string | null);
}

/** Shows the settings; an element that asks another backend is a new one, so that no thread mixes two. */
function apply(settings: Settings, before?: { settings: Settings; element: ChatElement }) {
  const same =
    before?.settings.backend === settings.backend && before.settings.protocol === settings.protocol;
  const element = same ? before.element : newElement(settings);
  const attributes = attributesFor(settings);
  for (const name of element.getAttributeNames()) {
    if (!(name in attributes)) element.removeAttribute(name);
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
  // Put in place when it is complete: an element may read its attributes only once.
  if (!same) stage.replaceChildren(element);

  document.documentElement.dataset.theme = settings.theme;
  stage.dataset.width = settings.width;
  find('#note').textContent = settings.backend.note;
  find('#shows').textContent = settings.misbehave ? misbehaviours[settings.misbehave][1] : '';
  find('#pace-value').textContent = `${settings.pace} tokens/s`;
  code.textContent = toHTML(attributes);
  return { settings, element };
}

function newElement({ protocol }: Settings): ChatElement {
  const element = document.createElement('chat-stream') as ChatElement;
  element.suggestions = suggestions;
  element.addEventListener('chat-status-changed', () => {
    find('#status').textContent = element.status ?? '';
  });
  find('#status').textContent = 'idle';
  const report = find('#report');
  const show = (): void => {
    report.textContent = describeReport(element.chat?.report.get() ?? null, protocol);
  };
  // Whoever asks waited for the widget's script, and with it came the chat.
  const follow = (): void => void element.chat?.report.subscribe(() => element.isConnected && show());
  element.addEventListener('chat-run-started', follow, { once: true });
  show();
  return element;
}

async function copyCode(): Promise<void> {
  try {
    await navigator.clipboard.writeText(code.textContent);
    copy.textContent = 'Copied';
  } catch {
    // Not allowed to: the person copies the selection.
    getSelection()?.selectAllChildren(code);
    copy.textContent = 'Selected';
  }
  setTimeout(() => (copy.textContent = 'Copy'), 2000);
}

/** Module scripts have run when the page has loaded; without a definition the widget was never built. */
function reportMissingWidget(): void {
  if (customElements.get('chat-stream')) return;
  const text = document.createElement('p');
  text.dir = 'auto';
  text.textContent = 'The widget is not built yet. Run npm start, then reload this page.';
  stage.dataset.missing = '';
  shown.element.replaceChildren(text);
  void customElements.whenDefined('chat-stream').then(() => {
    text.remove();
    delete stage.dataset.missing;
  });
}

function readAddress(): void {
  for (const [name, value] of new URLSearchParams(location.search)) {
    const control = name in defaults ? form.elements.namedItem(name) : null;
    if (
      control instanceof RadioNodeList ||
      control instanceof HTMLInputElement ||
      control instanceof HTMLSelectElement
    ) {
      control.value = value;
      // A select that has no such option shows none at all.
      if (!control.value && value) control.value = defaults[name as SettingName];
    }
  }
}

function writeAddress(): void {
  const data = new FormData(form);
  const changed = Object.entries(defaults).filter(([name, value]) => data.get(name) !== value);
  const query = new URLSearchParams(changed.map(([name]) => [name, data.get(name) as string])).toString();
  history.replaceState(null, '', query ? `?${query}` : location.pathname);
}
