import { css } from 'lit';

export const messageStyles = css`
  :host {
    position: relative;
  }
  .bubble {
    inline-size: fit-content;
    max-inline-size: 88%;
    margin-inline-start: auto;
    padding: 7px 14px;
    white-space: pre-wrap;
    background: var(--_user);
    border: 1px solid transparent;
    border-radius: 14px;
    border-end-end-radius: 4px;
  }
  .answer > * + * {
    margin-block-start: 10px;
  }
  .steps {
    display: grid;
    gap: 10px;
  }
  .now {
    font-size: 0.935em;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 10px;
    font-size: 12.5px;
    font-variant-numeric: tabular-nums;
    color: var(--_muted);
  }
  progress {
    flex: 1;
    max-inline-size: 240px;
    block-size: 4px;
    border: 0;
    border-radius: 9px;
    overflow: hidden;
    appearance: none;
    background: var(--_line);
  }
  progress::-webkit-progress-bar {
    background: none;
  }
  progress::-webkit-progress-value {
    background: var(--_accent);
  }
  progress::-moz-progress-bar {
    background: var(--_accent);
  }
  details chat-stream-markdown {
    margin-block-start: 6px;
    padding-inline-start: 14px;
    border-inline-start: 2px solid var(--_line);
    --chat-text: var(--_muted);
    --chat-font-size: 13.5px;
  }
  .sources {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin: 12px 0 0;
    padding: 0;
    list-style: none;
    font-size: 12.5px;
  }
  .sources li {
    max-inline-size: 100%;
  }
  .sources .icon {
    display: inline-block;
    inline-size: 13px;
    block-size: 13px;
    margin-inline-end: 5px;
    vertical-align: -2px;
  }
  .sources li > * {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    max-inline-size: 240px;
    padding: 2px 10px;
    color: var(--_muted);
    text-decoration: none;
    border: 1px solid var(--_line);
    border-radius: 99px;
  }
  .note {
    padding: 8px 12px;
    font-size: 0.933em;
    background: var(--_soft);
    border-inline-start: 3px solid var(--_line);
    border-radius: 8px;
    --chat-font-size: 1em;
  }
  .note.warning {
    border-color: light-dark(#b7791f, #f2c063);
  }
  .note.danger {
    border-color: var(--_danger);
  }
  .mark {
    font-size: 13px;
    color: var(--_muted);
  }
  .actions {
    display: flex;
    gap: 2px;
    margin: 6px -6px -4px;
  }
  .bad .icon {
    rotate: 180deg;
  }
  [aria-pressed='true'] {
    color: var(--_accent);
  }
  [aria-pressed='true'] .icon {
    fill: color-mix(in srgb, currentColor 25%, transparent);
  }
  @media (hover: hover) {
    .sources a:hover {
      color: var(--_text);
      background: var(--_soft);
    }
    :host(:not([regenerable], :hover, :focus-within)) .actions {
      opacity: 0;
    }
  }
  @media (forced-colors: active) {
    progress {
      border: 1px solid CanvasText;
    }
    progress::-webkit-progress-value {
      background: CanvasText;
      forced-color-adjust: none;
    }
    progress::-moz-progress-bar {
      background: CanvasText;
      forced-color-adjust: none;
    }
    [aria-pressed='true'] {
      border-color: Highlight;
    }
  }
`;
