import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Progress } from '../model/thread.js';
import { backendIcon, icon } from './icon.js';

export const dots = html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>`;

/** What the backend said it does, in order: earlier steps with their icon or a tick, the last one alive. */
export function progressView(progress: readonly Progress[], working: string): TemplateResult {
  const said = progress.filter((step) => step.text || step.percent !== undefined);
  const now = said.at(-1);
  const known = backendIcon(now?.icon);
  return html`<div class="steps" part="progress">
    ${said.slice(0, -1).map((step) => html`<div class="step">${icon(backendIcon(step.icon) ?? 'tick')}<span dir="auto">${step.text ?? working}</span></div>`)}
    <div class="step now">
      ${known ? icon(known) : dots}<span dir="auto">${now?.text ?? working}</span>${known ? dots : nothing}
    </div>
    ${now?.percent === undefined ? nothing : bar(now.percent, now.text ?? working)}
  </div>`;
}

function bar(percent: number, label: string): TemplateResult {
  const value = Math.round(Math.min(100, Math.max(0, percent)));
  return html`<div class="bar">
    <progress max="100" .value=${value} aria-label=${label}></progress><span>${value}%</span>
  </div>`;
}
