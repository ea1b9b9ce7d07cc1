import { css } from 'lit';

/** Tables of Markdown and of data: `.table > .scroll > table`, and without the scroller while they still grow. */
export const tableStyles = css`
  .table {
    position: relative;
    font-size: 0.933em;
    border: 1px solid var(--_line);
    border-radius: 10px;
    overflow: hidden;
  }
  .table:not(.done),
  .scroll {
    overflow-x: auto;
    scrollbar-width: thin;
  }
  .scroll:focus-visible {
    outline-offset: -2px;
    border-radius: 9px;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
    overflow-wrap: normal;
  }
  th,
  td {
    padding: 6px 12px;
    min-inline-size: 6em;
    max-inline-size: 28em;
    text-align: start;
    vertical-align: top;
    border-block-end: 1px solid var(--_line);
    unicode-bidi: isolate;
  }
  tbody > tr:last-child > td {
    border: 0;
  }
  th {
    font-weight: 600;
    vertical-align: bottom;
    background: var(--_soft);
  }
  .center {
    text-align: center;
  }
  .end {
    text-align: end;
  }
  .table > .copy {
    position: absolute;
    inset-block-start: 3px;
    inset-inline-end: 4px;
    background: var(--_soft);
  }
  @media (hover: hover) {
    .table:not(:hover, :focus-within) > .copy {
      opacity: 0;
    }
    .table > .copy:hover {
      background: color-mix(in srgb, currentColor 12%, var(--_soft));
    }
  }
  @media not (hover: hover) {
    /* Room for the button, which is always there. */
    .done th:last-child {
      padding-inline-end: 40px;
    }
  }
  @media (forced-colors: active) {
    .table > .copy {
      border-color: ButtonText;
    }
  }
`;
