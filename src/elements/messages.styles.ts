import { css } from 'lit';

export const messagesStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    flex: 1 1 auto;
    min-block-size: 0;
    block-size: 100%;
    background: var(--_surface);
  }
  /* Never as tall as its content: without a size from outside it is 420 px, and it scrolls. */
  .log {
    flex: 1 1 auto;
    contain: strict;
    contain-intrinsic-block-size: 420px;
    position: relative;
    display: flex;
    flex-direction: column;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
  }
  .log:focus-visible {
    outline-offset: -3px;
    border-radius: 6px;
  }
  .list {
    display: flex;
    flex-direction: column;
    gap: var(--_gap);
    flex: 1 0 auto;
    inline-size: 100%;
    max-inline-size: calc(var(--_width) + 36px);
    margin-inline: auto;
    padding: 18px;
  }
  ::slotted([slot='empty']) {
    margin-block: auto;
  }
  chat-stream-message:nth-last-of-type(n + 12) {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 120px;
  }
  /* A question pinned to the top needs room for its answer below. */
  .turn > chat-stream-message:not([question]):last-of-type {
    min-block-size: calc(var(--_view, 0px) - var(--_gap) - 74px);
  }
  .notice {
    display: grid;
    gap: 8px;
    padding: 10px 12px;
    font-size: 14px;
    color: var(--_danger);
    background: var(--_danger-soft);
    border: 1px solid transparent;
    border-radius: 10px;
  }
  .notice small {
    font-size: 12.5px;
    opacity: 0.9;
  }
  .notice button {
    justify-self: start;
    padding: 2px 12px;
    font-weight: 600;
    border-color: currentColor;
  }
  /* What goes on below fades out. */
  :host::after {
    content: '';
    position: absolute;
    inset: auto 0 0;
    block-size: 14px;
    background: linear-gradient(transparent, var(--_surface));
    pointer-events: none;
  }
  .to-end {
    z-index: 1;
    position: absolute;
    inset-block-end: 10px;
    inset-inline-start: calc(50% - 18px);
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    color: var(--_text);
    background: var(--_surface);
    border-color: var(--_line);
    border-radius: 50%;
    box-shadow: 0 2px 8px #0000001f;
  }
  @media (forced-colors: active) {
    :host::after {
      display: none;
    }
  }
  @media (hover: hover) {
    .to-end:hover,
    .notice button:hover {
      background: color-mix(in srgb, currentColor 8%, var(--_surface));
    }
  }
`;
