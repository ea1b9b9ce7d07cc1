import { LitElement, css, html, nothing } from 'lit';
import type { ToolCallPart } from '../model/thread.js';
import { consume, stringsContext } from '../controllers/contexts.js';
import { english } from '../controllers/strings.js';
import { base } from './base.styles.js';
import { icon } from './icon.js';
import { dots } from './progress.js';
import { steps } from './steps.styles.js';

/**
 * One step of an answer that the backend did with a tool: its name and state in a line, input and output behind it.
 *
 * @tag chat-stream-tool-call
 * @summary A tool call of an answer. A leaf: needs no chat.
 * @attr {boolean} over - The answer has ended: without an output the tool runs no more
 * @csspart step - The line
 * @csspart detail - The input and output behind the line
 */
export class ChatStreamToolCallElement extends LitElement {
  static override properties = { call: { attribute: false }, over: { type: Boolean } };
  static override styles = [
    base,
    steps,
    css`
      .failed {
        color: var(--_danger);
      }
      dl {
        margin: 4px 0 0;
        padding-inline-start: 24px;
        font-size: 0.85em;
        color: var(--_muted);
      }
      dd {
        margin: 0 0 6px;
      }
      pre {
        margin: 2px 0 0;
        padding: 8px 10px;
        max-block-size: 240px;
        overflow: auto;
        white-space: pre-wrap;
        font: 12.5px/1.5 var(--_mono);
        color: var(--_text);
        background: var(--_soft);
        border-radius: 8px;
      }
    `,
  ];

  /** The part of the message to show. */
  declare call: ToolCallPart | undefined;
  /** The answer has ended: a tool that has no output by then runs no more. */
  declare over: boolean;
  readonly #strings = consume(this, stringsContext);

  constructor() {
    super();
    this.over = false;
  }

  protected override render() {
    const { call } = this;
    if (!call) return nothing;
    const strings = this.#strings.value ?? english;
    const failed = call.state === 'error';
    const complete = call.state === 'complete';
    const runs = !complete && !failed && !this.over;
    const line = html`${runs ? dots : icon(complete ? 'tick' : failed ? 'cross' : 'tool')}
      <span
        >${humanise(call.name)} ${failed ? html`<span class="failed">${strings.toolFailed}</span>` : nothing}
        ${runs ? html`<span class="sr">${strings.toolRunning ?? 'running'}</span>` : nothing}</span
      >`;
    const input = show(call.input ?? call.inputText);
    const output = show(call.error ?? call.output);
    if (!input && !output) return html`<div class="step" part="step">${line}</div>`;
    return html`<details>
      <summary class="step" part="step">${line}${icon('chevron')}</summary>
      <dl part="detail">${detail(strings.toolInput, input)}${detail(strings.toolOutput, output)}</dl>
    </details>`;
  }
}

function detail(name: string, text: string) {
  return text
    ? html`<dt>${name}</dt>
        <dd><pre tabindex="0" aria-label=${name} role="group" dir="auto">${text}</pre></dd>`
    : nothing;
}

/** `search_docs` and `searchDocs` become “Search docs”. */
function humanise(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
    .replace(/[\s_.-]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function show(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

declare module '../controllers/strings.js' {
  interface Strings {
    /** Said to screen readers of a tool that has no output yet. */
    toolRunning?: string;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-stream-tool-call': ChatStreamToolCallElement;
  }
}
