import { css } from './styles.js';

/* A diagram or a table in place of its code; see renderers/view.ts. */
export const viewStyles = css`
  pre > [hidden] {
    display: none !important;
  }
  pre > .drawing {
    display: block;
    inline-size: calc(100% - 20px);
    margin: 10px;
    border: 0;
  }
  /* What belongs to the code is away with it. */
  pre:has(> code[hidden]) > .more,
  pre:has(> code[hidden]) > header > [aria-pressed]:not(.toggle) {
    display: none;
  }
  /* Drawn at its real width, but not seen before it is ready. */
  pre > .drawing:has(~ code:not([hidden])) {
    position: absolute;
    visibility: hidden;
  }
  pre:has(> .drawing) {
    position: relative;
  }
  pre > .table {
    margin: 0;
    border: 0;
    border-radius: 0;
    font: inherit;
    font-size: 0.933em;
    font-family: var(--chat-font, system-ui, 'Segoe UI', sans-serif);
  }
  pre > .table .scroll {
    max-block-size: 420px;
    overflow: auto;
  }
  pre > .table th {
    position: sticky;
    inset-block-start: 0;
    box-shadow: inset 0 -1px var(--_line);
  }
  pre > .table :is(th, td) {
    white-space: pre-wrap;
  }
  .note {
    margin: 0;
    padding: 5px 12px;
    font-size: 12px;
    color: var(--_muted);
    border-block-start: 1px solid var(--_line);
  }
`;
