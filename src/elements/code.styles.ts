import { css } from 'lit';

/**
 * Code: within a line, and in blocks with their header, fold and colours. The classes of tokens are those of
 * `renderers/highlight.ts`.
 */
export const codeStyles = css`
  :host {
    --_code-keyword: var(--chat-code-keyword, var(--_accent));
    --_code-string: var(--chat-code-string, light-dark(#24733b, #8ccf9b));
    --_code-comment: var(--chat-code-comment, var(--_muted));
    --_code-number: var(--chat-code-number, light-dark(#a14a00, #efb27a));
    --_code-name: var(--chat-code-name, light-dark(#7a3ab8, #cbaaf5));
    --_code-type: var(--chat-code-type, light-dark(#0b6f80, #78c8d8));
    --_code-deleted: var(--chat-code-deleted, var(--_danger));
  }
  code {
    padding: 1px 5px;
    font: 0.867em/1.5 var(--_mono);
    background: var(--_soft);
    border-radius: 5px;
  }
  pre {
    position: relative;
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
  pre code > span {
    display: block;
  }
  /* Of a line that is too long for one. */
  pre code > .part {
    display: inline;
  }
  pre code:focus-visible {
    outline-offset: -2px;
    border-radius: 0 0 9px 9px;
  }
  .wrapped code {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  header {
    display: flex;
    align-items: center;
    gap: 2px;
    padding: 2px 5px 2px 12px;
    font: 12px/1.6 var(--chat-font, system-ui, 'Segoe UI', sans-serif);
    color: var(--_muted);
    background: var(--_soft);
    border-block-end: 1px solid var(--_line);
    user-select: none;
    -webkit-user-select: none;
  }
  header span {
    margin-inline-end: auto;
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  header button {
    flex: none;
    padding: 2px 7px;
    min-block-size: 24px;
    border-radius: 6px;
  }
  [aria-pressed='true'] {
    color: var(--_text);
    background: color-mix(in srgb, currentColor 9%, transparent);
  }
  /* 24 lines and half of one, which shows that more follows. */
  .folded > code {
    max-block-size: calc(24.5 * 1.55em + 10px);
    overflow-y: hidden;
  }
  .more {
    display: flex;
    justify-content: center;
    padding: 3px;
    font: 12px/1.6 var(--chat-font, system-ui, 'Segoe UI', sans-serif);
    color: var(--_muted);
    border-block-start: 1px solid var(--_line);
    user-select: none;
    -webkit-user-select: none;
  }
  .folded > .more {
    position: relative;
    border-color: transparent;
  }
  .folded > .more::before {
    content: '';
    position: absolute;
    inset: auto 0 100%;
    block-size: 56px;
    background: linear-gradient(transparent, var(--_surface));
    pointer-events: none;
  }
  .more button {
    padding: 2px 10px;
    min-block-size: 26px;
    border-radius: 6px;
  }
  pre .k {
    color: var(--_code-keyword);
  }
  pre .s,
  pre .i {
    color: var(--_code-string);
  }
  pre .c {
    color: var(--_code-comment);
  }
  pre .n {
    color: var(--_code-number);
  }
  pre .f {
    color: var(--_code-name);
  }
  pre .t {
    color: var(--_code-type);
  }
  pre .d {
    color: var(--_code-deleted);
  }
  @media (hover: hover) {
    :is(header, .more) button:hover {
      color: var(--_text);
      background: color-mix(in srgb, currentColor 9%, transparent);
    }
  }
  @media (forced-colors: active) {
    :is(header, .more) button {
      border-color: ButtonText;
    }
    [aria-pressed='true'] {
      color: HighlightText;
      background: Highlight;
      forced-color-adjust: none;
    }
    .folded > .more::before {
      display: none;
    }
  }
  @media print {
    /* Out of view it may have no colours: all of it is plain. */
    pre :is(.k, .s, .i, .c, .n, .f, .t, .d) {
      color: inherit;
    }
    pre code {
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    .folded > code {
      max-block-size: none;
    }
    header button,
    .more {
      display: none;
    }
  }
`;
