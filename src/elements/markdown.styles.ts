import { css } from 'lit';

/** Blocks stand apart by what is above them alone: groups of them keep their margins in. */
const blocks = css`
  /* Piles of marks on a letter do not reach the next message; a line's outline has room. */
  [part='text'] {
    padding-block: 6px;
    margin-block: -6px;
    overflow-y: clip;
  }
  /* What is finished keeps its layout while what follows grows. */
  .group {
    contain: layout style;
  }
  p,
  ul,
  ol,
  pre,
  .table,
  div.math,
  details,
  blockquote {
    margin: 10px 0 0;
  }
  h1,
  h2,
  h3,
  h4,
  h5,
  h6 {
    margin: 20px 0 0;
    font-size: 1em;
    line-height: 1.35;
    font-weight: 650;
    text-wrap: balance;
  }
  :is(h1, h2, h3, h4, h5, h6) + * {
    margin-block-start: 8px;
  }
  hr {
    margin: 18px 0 8px;
    border: 0;
    border-block-start: 1px solid var(--_line);
  }
  [part='text'] > .group:first-child > :first-child,
  :is(li, blockquote) > :first-child {
    margin-block-start: 0;
  }
  li > * {
    margin-block-start: 3px;
  }
  .loose > li > * {
    margin-block-start: 8px;
  }
  li + li {
    margin-block-start: 4px;
  }
  .loose > li + li {
    margin-block-start: 8px;
  }
`;

const look = css`
  p,
  li,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6 {
    unicode-bidi: isolate;
  }
  /* People and models who begin a new line mean it. */
  p {
    white-space: pre-line;
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
  ul,
  ol {
    padding-inline-start: 22px;
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
  kbd {
    padding: 1px 5px;
    font: 0.867em/1.5 var(--_mono);
    border: 1px solid var(--_line);
    border-block-end-width: 2px;
    border-radius: 5px;
  }
  mark {
    padding-inline: 2px;
    color: inherit;
    background: color-mix(in srgb, var(--_accent) 22%, transparent);
    border-radius: 3px;
  }
  sub,
  sup {
    font-size: 0.75em;
    line-height: 0;
  }
  summary {
    padding-block: max(0px, (24px - 1lh) / 2);
    cursor: pointer;
    font-weight: 600;
  }
  .link {
    text-decoration: underline dotted;
    text-underline-offset: 3px;
  }
  /* Its text cannot turn around what is beside it. */
  a,
  .host,
  code {
    unicode-bidi: isolate;
  }
  a:not([href]) {
    color: inherit;
    text-decoration: none;
  }
  .host {
    display: inline-block;
    margin-inline-start: 0.35em;
    font-size: 0.867em;
    color: var(--_muted);
  }
  /* As wide as nothing and copied as it is: what is seen is its number. */
  .hidden {
    font-size: 0;
    unicode-bidi: isolate;
  }
  .hidden::before {
    content: attr(data-code);
    display: inline-block;
    padding-inline: 3px;
    margin-inline: 1px;
    font: 600 calc(var(--chat-font-size, 15px) * 0.667) / 1.4 var(--_mono);
    color: var(--_danger);
    white-space: nowrap;
    background: var(--_danger-soft);
    border: 1px solid color-mix(in srgb, var(--_danger) 40%, transparent);
    border-radius: 4px;
  }
  .blank {
    font-style: italic;
    color: var(--_muted);
  }
  .math {
    font: 0.867em/1.5 var(--_mono);
    white-space: pre-wrap;
    unicode-bidi: isolate;
  }
  div.math,
  .display {
    display: block;
    padding-block: 2px;
    overflow: auto hidden;
    scrollbar-width: thin;
    text-align: center;
  }
  .footnotes {
    margin-block-start: 18px;
    padding-block-start: 10px;
    font-size: 0.867em;
    color: var(--_muted);
    border-block-start: 1px solid var(--_line);
  }
  .footnotes > ol {
    margin: 0;
  }
  .to-note,
  .to-back {
    padding: 2px 3px;
    color: var(--_accent);
    line-height: 1;
    border-radius: 4px;
  }
  @media (hover: hover) {
    :is(.to-note, .to-back):hover {
      background: color-mix(in srgb, currentColor 12%, transparent);
    }
  }
`;

/**
 * After the last word, whatever holds it; as wide as nothing, so that no line breaks for it. Not by `opacity`, which makes
 * a layer of its own that the engine arranges anew in each frame.
 */
const caret = css`
  :host([streaming])
    :is(p, h1, h2, h3, h4, h5, h6, pre span, td, li:empty):last-child:not(:not(:last-child) *)::after {
    content: '';
    display: inline-block;
    inline-size: 8px;
    block-size: 1.05em;
    margin-inline: 2px -10px;
    vertical-align: -0.18em;
    background: color-mix(in srgb, var(--_accent) 75%, transparent);
    border-radius: 2px;
  }
  @media (forced-colors: active) {
    :host([streaming]) :is(p, h1, h2, h3, h4, h5, h6, pre span, td, li:empty)::after {
      background: CanvasText !important;
      forced-color-adjust: none;
    }
  }
`;

export const markdownStyles = css`
  ${blocks}${look}${caret}
`;
