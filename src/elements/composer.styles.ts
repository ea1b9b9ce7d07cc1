import { css } from 'lit';

export const composerStyles = css`
  :host {
    position: relative;
    flex: none;
    inline-size: 100%;
    max-inline-size: calc(var(--_width) + 36px);
    margin-inline: auto;
    padding: 0 14px 14px;
    background: var(--_surface);
  }
  .box {
    display: flex;
    align-items: flex-end;
    gap: 8px;
    padding-block: 9px;
    padding-inline: 14px 9px;
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: 14px;
    cursor: text;
  }
  .box:has(textarea:focus-visible) {
    border-color: var(--_accent);
    outline: 3px solid color-mix(in srgb, var(--_accent) 18%, transparent);
  }
  .grow {
    display: grid;
    flex: 1;
    min-inline-size: 0;
    /* Eight lines, or what leaves room for the list and the button on a page that is zoomed. */
    max-block-size: min(13.5em, 35dvh);
  }
  .grow::after,
  textarea {
    grid-area: 1 / 1;
    font: inherit;
    padding: 5px 0;
    margin: 0;
    border: 0;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .grow::after {
    content: attr(data-text) ' ';
    visibility: hidden;
    overflow: hidden;
    max-block-size: inherit;
  }
  textarea {
    inline-size: 100%;
    resize: none;
    color: inherit;
    background: none;
    overflow: hidden auto;
    scrollbar-width: thin;
  }
  textarea:focus-visible {
    outline: none;
  }
  textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  button {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 34px;
    block-size: 34px;
    color: var(--_on-accent);
    background: var(--_accent);
    border-radius: 50%;
  }
  button .icon {
    stroke-width: 2;
  }
  .stop .icon {
    fill: currentColor;
  }
  .off {
    color: var(--_muted);
    background: var(--_soft);
    cursor: default;
  }
  @media (hover: hover) {
    button:not(.off):hover {
      background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
    }
  }
  /* Anything smaller makes a phone zoom in. */
  @media (pointer: coarse) {
    .grow {
      font-size: max(1em, 16px);
    }
  }
  @media (forced-colors: active) {
    button {
      border-color: ButtonText;
    }
    .off {
      color: GrayText;
      border-color: GrayText;
    }
    .box:has(textarea:focus-visible) {
      outline-color: Highlight;
    }
  }
`;
