import { css } from 'lit';

/** Sizes and weights of the words in a widget. */
export const widgetTextStyles = css`
  .text,
  .caption {
    white-space: pre-line;
  }
  .text {
    line-height: 1.5;
  }
  .title {
    font-size: 1.133em;
    font-weight: 650;
    line-height: 1.3;
    letter-spacing: -0.005em;
    text-wrap: pretty;
  }
  .caption {
    font-size: 0.867em;
    line-height: 1.4;
    color: var(--_muted);
  }
  .label {
    font-size: 0.867em;
    font-weight: 550;
    line-height: 1.4;
  }
  .caption.size-sm,
  :is(.text, .label).size-xs {
    font-size: 0.8em;
  }
  :is(.text, .label).size-sm,
  .caption.size-lg {
    font-size: 0.933em;
  }
  :is(.text, .label).size-md,
  .title.size-sm {
    font-size: 1em;
  }
  :is(.text, .label).size-lg {
    font-size: 1.133em;
  }
  :is(.text, .label).size-xl,
  .title.size-lg {
    font-size: 1.333em;
  }
  .title.size-xl {
    font-size: 1.6em;
  }
  .title.size-2xl {
    font-size: 1.867em;
  }
  .title.size-3xl {
    font-size: 2.2em;
  }
  :is(.size-4xl, .size-5xl).title {
    font-size: 2.6em;
  }
  .weight-normal {
    font-weight: 400;
  }
  .weight-medium {
    font-weight: 500;
  }
  .weight-semibold {
    font-weight: 600;
  }
  .weight-bold {
    font-weight: 700;
  }
  .align-center {
    text-align: center;
  }
  .align-end {
    text-align: end;
  }
  .italic {
    font-style: italic;
  }
  .lineThrough {
    text-decoration: line-through;
  }
  .truncate {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .clamp {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: var(--lines);
    overflow: hidden;
  }
  .streaming::after {
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
`;
