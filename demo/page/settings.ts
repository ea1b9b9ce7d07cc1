import { defaultPace, misbehaviours, type Misbehaviour } from './options.js';
import { presets, stopEndpoint, type Preset } from './presets.js';

/** What the panel sets. Names are those of its controls and of the address bar's parameters. */
export interface Settings {
  backend: Preset;
  protocol: string;
  /** Tokens a second. */
  pace: number;
  misbehave: Misbehaviour | '';
  /** Whether an answer outlives its connection: `on` or `off`. */
  resume: string;
  /** Where the thread is kept: `session` or `none`. */
  history: string;
  theme: string;
  dir: string;
  width: string;
}

/** The values the panel starts with; also what is left out of the address bar and of the code. */
export const defaults = {
  backend: presets[0]!.id,
  protocol: 'auto',
  pace: String(defaultPace),
  misbehave: '',
  resume: 'off',
  history: 'none',
  theme: 'auto',
  dir: 'ltr',
  width: 'phone',
} as const;

export type SettingName = keyof typeof defaults;

/** Settings out of text values, such as a form's; what is missing or unknown takes its default. */
export function readSettings(value: (name: SettingName) => string | null): Settings {
  const text = (name: SettingName): string => value(name) ?? defaults[name];
  const misbehave = text('misbehave');
  return {
    backend: presets.find(({ id }) => id === text('backend')) ?? presets[0]!,
    protocol: text('protocol'),
    pace: Number(text('pace')) || defaultPace,
    misbehave: Object.hasOwn(misbehaviours, misbehave) ? (misbehave as Misbehaviour) : '',
    resume: text('resume'),
    history: text('history'),
    theme: text('theme'),
    dir: text('dir'),
    width: text('width'),
  };
}

/** Every attribute that `<chat-stream>` needs for these settings. */
export function attributesFor(settings: Settings): Record<string, string> {
  const { backend, protocol, pace, misbehave, resume, history, dir } = settings;
  const { endpoint, ...rest } = backend.attributes;
  const wishes = new URLSearchParams();
  if (pace !== defaultPace) wishes.set('pace', String(pace));
  if (misbehave) wishes.set('misbehave', misbehave);
  if (resume === 'on') wishes.set('resume', '1');
  const query = wishes.size ? `${endpoint.includes('?') ? '&' : '?'}${wishes}` : '';
  return {
    endpoint: endpoint + query,
    ...rest,
    ...(resume === 'on' && { 'stop-endpoint': stopEndpoint }),
    ...(history !== defaults.history && { history }),
    ...(protocol !== defaults.protocol && { protocol }),
    ...(dir !== defaults.dir && { dir }),
    label: 'Ask the docs',
    placeholder: 'Ask anything',
  };
}

/** The element as a person would write it. */
export function toHTML(attributes: Record<string, string>): string {
  const lines = Object.entries(attributes).map(([name, value]) => {
    // JSON stays readable in single quotes; its own would need escaping.
    const quote = value.includes('"') ? "'" : '"';
    const text = value.replaceAll('&', '&amp;').replaceAll(quote, quote === '"' ? '&quot;' : '&#39;');
    return `  ${name}=${quote}${text}${quote}`;
  });
  return `<chat-stream\n${lines.join('\n')}\n></chat-stream>`;
}
