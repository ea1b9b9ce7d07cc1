import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Strings } from '../controllers/strings.js';

/** What is shown before the first question; `<chat-stream>` and a list on its own both fall back to it. */
export function emptyView(strings: Strings, disabled?: boolean): TemplateResult {
  return html`<div class="empty" part="empty">
    <h2 dir="auto">${strings.emptyTitle}</h2>
    ${strings.emptyHint ? html`<p dir="auto">${strings.emptyHint}</p>` : nothing}
    <chat-stream-suggestions .disabled=${disabled} exportparts="suggestion"></chat-stream-suggestions>
  </div>`;
}

export const emptyStyles = css`
  .empty {
    display: grid;
    gap: 6px;
    inline-size: 100%;
    max-inline-size: 420px;
    margin: auto;
    text-align: center;
  }
  h2 {
    margin: 0;
    font-size: 19px;
    line-height: 1.3;
    font-weight: 650;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  .empty p {
    margin: 0;
    color: var(--_muted);
  }
  .empty chat-stream-suggestions {
    margin-block-start: 14px;
  }
`;
