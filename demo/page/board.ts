/**
 * The widget in every state at once, each held there by a transport that stops at that point. The picture in the README
 * is taken of this page (`npm run picture`).
 */
import type { RunEvent, RunFailure, Transport } from '../../src/index.js';

interface State {
  name: string;
  /** Nothing is asked where there are none; a function where they tell a time. */
  events?: RunEvent[] | (() => RunEvent[]);
  /** What the run does after its events; it goes on for ever if absent. */
  end?: RunEvent | 'stop';
  draft?: string;
}

const text = (delta: string): RunEvent => ({ type: 'part-delta', id: 'text', delta });
const source = (id: string, title: string): RunEvent => ({
  type: 'part-start',
  part: { type: 'source', id, title, url: `https://docs.example/${id}` },
});

const waits = (
  kind: 'retry' | 'resume',
  milliseconds: number,
  reason: Pick<RunFailure, 'code' | 'status'>,
): RunEvent => ({
  type: 'run-wait',
  wait: { kind, until: Date.now() + milliseconds, reason: { message: '', retryable: true, ...reason } },
});

const code = '```html\n<chat-stream\n  endpoint="/api/chat">\n</chat-stream>\n```\n\n';
const half = 'Set the `endpoint` attribute. The widget posts the question there and reads the';
const whole = `${half} answer as it streams.\n\n${code}It recognises the protocol by itself, so most back`;

const states: State[] = [
  { name: 'empty' },
  {
    name: 'loading',
    draft: 'And with a token?',
    events: [
      { type: 'run-progress', text: 'Read 3 pages' },
      { type: 'run-progress', text: 'Searching “endpoint”', icon: 'search' },
      { type: 'run-progress', text: 'Preparing an answer' },
    ],
  },
  { name: 'streaming', events: [text(whole)] },
  {
    name: 'complete',
    events: [
      text(`${whole}ends need nothing else.`),
      source('start', 'Start'),
      source('protocols', 'Protocols'),
    ],
    end: { type: 'run-end' },
  },
  {
    name: 'error',
    events: [text(half)],
    end: { type: 'run-error', code: 'interrupted', retryable: true },
  },
  { name: 'stopped', events: [text(half)], end: 'stop' },
  {
    name: 'waiting',
    events: () => [waits('retry', 60_000, { code: 'http', status: 429 })],
  },
  {
    name: 'reconnecting',
    events: () => [text(half), waits('resume', 60_000, { code: 'interrupted' })],
  },
];

function transportOf({ events = [], end }: State): Transport {
  return {
    async *run(_request, signal) {
      yield typeof events === 'function' ? events() : events;
      if (end === undefined || end === 'stop') {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        return;
      }
      yield [end];
    },
  };
}

async function show(state: State, row: Element): Promise<void> {
  const figure = row.appendChild(document.createElement('figure'));
  figure.appendChild(document.createElement('figcaption')).textContent = state.name;
  const widget = document.createElement('chat-stream');
  widget.setAttribute('label', 'Ask the docs');
  widget.setAttribute('placeholder', 'Ask anything');
  widget.suggestions = ['Point it at my backend', 'Stop an answer half-way', 'Match my brand colours'];
  widget.strings = { emptyHint: 'Answers come from the documentation.' };
  widget.transport = transportOf(state);
  figure.append(widget);
  await customElements.whenDefined('chat-stream');
  if (state.events) {
    const answer = widget.send('How do I point it at my backend?');
    if (state.end === 'stop') setTimeout(() => widget.stop(), 300);
    if (state.end) await answer;
  }
  await widget.updateComplete;
  const composer = widget.shadowRoot?.querySelector('chat-stream-composer');
  if (composer && state.draft) composer.value = state.draft;
}

const rows = ['light', 'dark'].map((id) => document.getElementById(id)!);
await Promise.all(rows.flatMap((row) => states.map((state) => show(state, row))));
document.body.dataset.ready = '';
