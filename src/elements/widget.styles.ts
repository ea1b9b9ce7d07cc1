import { css } from 'lit';

/** Cards, lists, boxes, pictures and charts. Numbers of the tree come as properties set one by one. */
export const widgetStyles = css`
  :host {
    --_success: light-dark(#15703f, #6bd79b);
    --_warning: light-dark(#8a5800, #f2c063);
    --_info: light-dark(#1c5fc0, #8cbcff);
    --_discovery: light-dark(#7440c4, #c8a8ff);
  }
  p,
  h3,
  ul {
    margin: 0;
    padding: 0;
  }
  .light {
    color-scheme: light;
  }
  .dark {
    color-scheme: dark;
  }
  .card {
    display: flow-root;
    max-inline-size: 440px;
    color: var(--_text);
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: 14px;
    overflow: clip;
  }
  .card-sm {
    max-inline-size: 340px;
  }
  .card-lg {
    max-inline-size: 560px;
  }
  .card-full {
    max-inline-size: 100%;
  }
  .body,
  .form {
    display: flex;
    flex-direction: column;
  }
  .body {
    gap: 12px;
    padding-block: var(--pad-block-start, 16px) var(--pad-block-end, 16px);
    padding-inline: var(--pad-inline-start, 16px) var(--pad-inline-end, 16px);
  }
  .body > *,
  .box > * {
    min-inline-size: 0;
    max-inline-size: 100%;
  }
  .status {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 9px 16px;
    font-size: 0.867em;
    color: var(--_muted);
    border-block-end: 1px solid var(--_line);
  }
  summary {
    padding: 12px 16px;
    font-weight: 600;
    cursor: pointer;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    padding: 0 16px 16px;
  }
  .box {
    display: flex;
    flex-direction: column;
    gap: 6px;
    max-inline-size: 100%;
  }
  .row {
    flex-direction: row;
    align-items: center;
    gap: 8px;
  }
  .row > .button:not(.block),
  .row > .badge,
  .row > .drawing {
    flex: none;
  }
  .row:has(> .badge ~ .badge, > .button:not(.block) ~ .button:not(.block)) {
    flex-wrap: wrap;
  }
  .row > .block,
  .row > .card {
    flex: 1;
  }
  .spacer {
    flex: 1 0 0;
  }
  hr {
    align-self: stretch;
    inline-size: auto;
    margin: 0;
    border: 0 solid var(--_line);
    border-block-start-width: 1px;
  }
  .row > hr {
    border-width: 0;
    border-inline-start-width: 1px;
  }
  .body > .flush {
    margin-inline: calc(-1 * var(--pad-inline-start, 16px)) calc(-1 * var(--pad-inline-end, 16px));
    max-inline-size: none;
  }
  .body > .image.flush:first-child {
    margin-block-start: calc(-1 * var(--pad-block-start, 16px));
  }
  .list > ul {
    list-style: none;
  }
  li + li {
    border-block-start: 1px solid var(--_line);
  }
  .item {
    position: relative;
    padding: 10px 16px;
  }
  .item > .row {
    gap: 12px;
  }
  .cover {
    position: absolute;
    inset: 0;
    border-radius: 0;
    outline-offset: -3px;
  }
  .cover + .box {
    position: relative;
    pointer-events: none;
  }
  .cover + .box :is(button, a, input, select, textarea, label, chat-stream-markdown) {
    pointer-events: auto;
  }
  .more {
    display: block;
    inline-size: 100%;
    padding: 9px 16px;
    font-size: 0.933em;
    color: var(--_accent);
    border: 0;
    border-block-start: 1px solid var(--_line);
    border-radius: 0;
    outline-offset: -3px;
  }
  .drawing {
    display: inline-flex;
  }
  .drawing .icon {
    inline-size: 1.067em;
    block-size: 1.067em;
  }
  .drawing.size-xs {
    font-size: 11px;
  }
  .drawing.size-sm {
    font-size: 13px;
  }
  .drawing.size-lg {
    font-size: 17px;
  }
  .drawing.size-xl {
    font-size: 19px;
  }
  .drawing.size-2xl {
    font-size: 23px;
  }
  .drawing.size-3xl {
    font-size: 29px;
  }
  .image {
    display: block;
    max-inline-size: 100%;
    border-radius: 10px;
    object-fit: cover;
  }
  .frame {
    border: 1px solid var(--_line);
  }
  .flush.image {
    inline-size: auto;
    border-radius: 0;
  }
  .wanted,
  .gone {
    display: flex;
    flex-wrap: wrap;
    flex: none;
    align-content: center;
    align-items: center;
    justify-content: center;
    gap: 2px 8px;
    min-inline-size: 28px;
    min-block-size: 28px;
    padding: 4px;
    overflow: hidden;
    font-size: 0.867em;
    line-height: 1.35;
    color: var(--_muted);
    background: var(--_soft);
  }
  .wanted > small {
    flex-basis: 100%;
    font-size: 0.923em;
    text-align: center;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .unknown {
    padding: 3px 10px;
    font-size: 0.867em;
    color: var(--_muted);
    border: 1px dashed var(--_line);
    border-radius: 8px;
    inline-size: fit-content;
  }
  .chart {
    overflow-x: auto;
    scrollbar-width: thin;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.867em;
    font-variant-numeric: tabular-nums;
    overflow-wrap: normal;
  }
  th,
  td {
    padding: 5px 0 5px 14px;
    text-align: start;
    font-weight: 400;
    border-block-end: 1px solid var(--_line);
  }
  th:first-child {
    padding-inline-start: 0;
  }
  th {
    unicode-bidi: plaintext;
  }
  thead th {
    font-weight: 550;
    color: var(--_muted);
  }
  tbody tr:last-child > * {
    border: 0;
  }
  .number {
    text-align: end;
    white-space: nowrap;
  }
  .number > i {
    display: inline-block;
    inline-size: 8px;
    block-size: 8px;
    margin-inline: 6px;
    border-radius: 3px;
  }
  .bar {
    display: block;
    min-inline-size: 56px;
    margin-block-start: 3px;
    background: var(--_soft);
    border-radius: 9px;
  }
  .bar > i {
    display: block;
    block-size: 4px;
    border-radius: 9px;
  }
`;
