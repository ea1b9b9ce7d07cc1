import { css } from 'lit';

export const messagesStyles = css`
  /* Never as tall as its content: without a size from outside it is 420 px, and it scrolls. */
  :host {
    position: relative;
    flex: 1 1 auto;
    min-block-size: 0;
    block-size: 100%;
    contain: size;
    contain-intrinsic-block-size: 420px;
    background: var(--_surface);
    /* What the page means for its own words; its spacing stays, which readers widen. */
    text-align: start;
    text-transform: none;
    text-indent: 0;
    white-space: normal;
    user-select: text;
    -webkit-user-select: text;
  }
  /* No flex item: an engine lays out text that grows in it without looking at anything around it. */
  .log {
    position: absolute;
    inset: 0;
    contain: strict;
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
    max-inline-size: calc(var(--_width) + 36px);
    /* Groups begin with half a gap, which may be more than the room above. */
    margin: min(0px, 18px - var(--_gap) / 2) auto 0;
    padding: calc(18px - var(--_gap) / 2) 18px;
  }
  .list.blank {
    display: flex;
    flex-direction: column;
    min-block-size: 100%;
    margin-block: 0;
    padding-block: 18px;
  }
  ::slotted([slot='empty']) {
    margin-block: auto;
  }
  /*
   * What skips drawing also cuts off what sticks out, such as a focus ring: it gets room. No margin depends on what comes
   * before, because an engine does not anchor where one changes. Blocks and no flex boxes, which WebKit lays out as a whole.
   */
  .section,
  .group {
    contain: layout style;
    margin-inline: -18px;
    padding-inline: 18px;
  }
  .group {
    margin-block-end: calc(var(--_gap) / -2);
    padding-block-start: calc(var(--_gap) / 2);
  }
  chat-stream-message {
    margin-block-end: var(--_gap);
  }
  /* Out of view, what is past costs nothing. Without scroll anchoring the text would jump where a guessed height is wrong. */
  @supports (overflow-anchor: auto) {
    .past {
      content-visibility: auto;
      contain-intrinsic-block-size: auto calc(16 * (120px + var(--_gap)));
    }
    .past.section {
      contain-intrinsic-block-size: auto calc(256 * (120px + var(--_gap)));
    }
  }
  /* A question pinned to the top needs room for its answer below. */
  .turn .group:not(.past) > chat-stream-message:not([question]):last-of-type {
    min-block-size: calc(var(--_view, 0px) - var(--_gap) - 74px - var(--_notice, 0px));
  }
  /* Of that room a notice takes about as much as it needs: it is seen without scrolling. */
  .turn:has(> .notice) {
    --_notice: 160px;
  }
  .notice {
    display: grid;
    gap: 8px;
    margin-block: calc(var(--_gap) / 2);
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
  .notice [aria-disabled='true'] {
    opacity: 0.55;
    cursor: default;
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
    .notice [aria-disabled='false']:hover {
      background: color-mix(in srgb, currentColor 8%, var(--_surface));
    }
  }
  @media print {
    :host {
      block-size: auto !important;
      contain: none;
    }
    .log {
      position: static;
      contain: none;
      overflow: visible;
    }
    .past {
      content-visibility: visible;
    }
    :host::after,
    .to-end,
    .notice button {
      display: none;
    }
  }
`;
