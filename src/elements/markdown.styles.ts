import { css } from 'lit';

export const markdownStyles = css`
  p,
  ul,
  ol,
  pre,
  table,
  blockquote {
    margin: 0 0 10px;
  }
  [part='text'] > :last-child,
  blockquote > :last-child {
    margin-block-end: 0;
  }
  p,
  li,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  td,
  th {
    unicode-bidi: isolate;
  }
  h1,
  h2,
  h3,
  h4,
  h5,
  h6 {
    margin: 18px 0 8px;
    font-size: 1em;
    line-height: 1.35;
    font-weight: 650;
    text-wrap: balance;
  }
  h1 {
    font-size: 1.3em;
    letter-spacing: -0.01em;
  }
  h2 {
    font-size: 1.17em;
    letter-spacing: -0.005em;
  }
  h3 {
    font-size: 1.07em;
  }
  [part='text'] > :first-child {
    margin-block-start: 0;
  }
  ul,
  ol {
    padding-inline-start: 22px;
  }
  li > :is(p, ul, ol) {
    margin-block: 0 3px;
  }
  li {
    margin-block-end: 3px;
  }
  .loose > li > * {
    margin-block-end: 8px;
  }
  li::marker {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .task {
    list-style: '☐  ';
  }
  .done {
    list-style: '☑  ';
  }
  blockquote {
    padding-inline-start: 14px;
    color: var(--_muted);
    border-inline-start: 3px solid var(--_line);
  }
  hr {
    margin: 16px 0;
    border: 0;
    border-block-start: 1px solid var(--_line);
  }
  a {
    color: var(--_accent);
    text-decoration: underline;
    text-decoration-color: color-mix(in srgb, currentColor 40%, transparent);
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
    border-radius: 2px;
  }
  a:hover {
    text-decoration-color: currentColor;
  }
  code {
    padding: 1px 5px;
    font: 0.867em/1.5 var(--_mono);
    background: var(--_soft);
    border-radius: 5px;
  }
  pre {
    border: 1px solid var(--_line);
    border-radius: 10px;
    overflow: hidden;
  }
  pre code {
    display: block;
    padding: 10px 12px;
    overflow-x: auto;
    line-height: 1.55;
    background: none;
    border-radius: 0;
    overflow-wrap: normal;
    tab-size: 2;
    scrollbar-width: thin;
  }
  pre code:focus-visible {
    outline-offset: -2px;
    border-radius: 0 0 9px 9px;
  }
  header {
    display: flex;
    align-items: center;
    padding: 2px 5px 2px 12px;
    font: 12px/1.6 var(--chat-font, system-ui, 'Segoe UI', sans-serif);
    color: var(--_muted);
    background: var(--_soft);
    border-block-end: 1px solid var(--_line);
  }
  header button {
    margin-inline-start: auto;
    padding: 2px 7px;
    min-block-size: 24px;
    border-radius: 6px;
  }
  table {
    display: block;
    overflow-x: auto;
    border-collapse: collapse;
    font-size: 0.933em;
    overflow-wrap: normal;
    scrollbar-width: thin;
  }
  th,
  td {
    padding-block: 5px;
    padding-inline: 0 14px;
    min-inline-size: 4em;
    text-align: start;
    vertical-align: top;
    border-block-end: 1px solid var(--_line);
  }
  :is(th, td):last-child {
    padding-inline-end: 0;
  }
  tr:last-child > td {
    border: 0;
  }
  th {
    font-weight: 600;
  }
  .center {
    text-align: center;
  }
  .end {
    text-align: end;
  }
  .link {
    text-decoration: underline dotted;
    text-underline-offset: 3px;
  }
  .image {
    padding: 1px 7px;
    font-size: 0.9em;
    color: var(--_muted);
    border: 1px dashed var(--_line);
    border-radius: 6px;
  }
  /* After the last word, whatever holds it; as wide as nothing, so that no line breaks for it. */
  :host([streaming])
    :is(p, h1, h2, h3, h4, h5, h6, pre > code, td, li:empty):last-child:not(:not(:last-child) *)::after {
    content: '';
    display: inline-block;
    inline-size: 8px;
    block-size: 1.05em;
    margin-inline: 2px -10px;
    vertical-align: -0.18em;
    background: var(--_accent);
    border-radius: 2px;
    opacity: 0.75;
  }
  @media (hover: hover) {
    header button:hover {
      color: var(--_text);
      background: color-mix(in srgb, currentColor 9%, transparent);
    }
  }
  @media (forced-colors: active) {
    :host([streaming]) :is(p, h1, h2, h3, h4, h5, h6, pre > code, td, li:empty)::after {
      background: CanvasText !important;
      forced-color-adjust: none;
    }
    header button {
      border-color: ButtonText;
    }
  }
`;
