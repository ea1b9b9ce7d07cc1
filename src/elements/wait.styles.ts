import { css } from 'lit';

export const waitStyles = css`
  .wait {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 4px 8px;
    font-size: 0.9em;
    color: var(--_muted);
  }
  .wait > :not(.dots) {
    grid-column: 2;
    justify-self: start;
    text-wrap: balance;
  }
  .wait .dots i {
    animation: none;
    opacity: 1;
    background: var(--_line);
  }
  /* The words that take the most room stand behind the count, unseen: nothing moves when a digit goes. */
  .count {
    display: grid;
    font-variant-numeric: tabular-nums;
  }
  .count > span,
  .count::after {
    grid-area: 1 / 1;
  }
  .count::after {
    content: attr(data-text);
    visibility: hidden;
  }
  .wait small {
    font-size: 12.5px;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 3px;
  }
  .choices button {
    min-block-size: 26px;
    padding: 1px 11px;
    font-size: 0.963em;
    color: var(--_text);
    border-color: var(--_line);
  }
  @media (forced-colors: active) {
    .wait .dots i {
      background: GrayText;
    }
  }
  @media (hover: hover) {
    .choices button:hover {
      background: var(--_soft);
    }
  }
`;
