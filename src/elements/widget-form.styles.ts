import { css } from 'lit';

/** Buttons, badges and fields: what has a tone, and what can be used. */
export const widgetFormStyles = css`
  .tone-primary {
    --_tone: var(--_accent);
    --_on: var(--_on-accent);
  }
  .tone-secondary {
    --_tone: var(--_text);
    --_on: var(--_surface);
  }
  .tone-info {
    --_tone: var(--_info);
  }
  .tone-discovery {
    --_tone: var(--_discovery);
  }
  .tone-success {
    --_tone: var(--_success);
  }
  .tone-caution,
  .tone-warning {
    --_tone: var(--_warning);
  }
  .tone-danger {
    --_tone: var(--_danger);
  }
  :is(.button, .badge).solid {
    color: var(--_on, light-dark(#fff, #10131a));
    background: var(--_tone);
  }
  :is(.button, .badge).soft {
    color: var(--_tone);
    background: color-mix(in srgb, var(--_tone) 10%, var(--_surface));
  }
  :is(.button, .badge).outline {
    color: var(--_tone);
    border-color: color-mix(in srgb, var(--_tone) 28%, var(--_line));
  }
  .button.ghost {
    color: var(--_tone);
  }
  /* A second choice is quiet, however it is to be filled. */
  .button.tone-secondary:is(.solid, .soft),
  .badge.tone-secondary.soft {
    color: var(--_text);
    background: color-mix(in srgb, var(--_muted) 15%, var(--_surface));
  }
  .badge {
    display: inline-block;
    inline-size: fit-content;
    padding: 1px 8px;
    font-size: 0.8em;
    font-weight: 550;
    line-height: 1.5;
    border: 1px solid transparent;
    border-radius: 7px;
  }
  .badge.size-sm {
    padding: 0 6px;
    font-size: 0.733em;
  }
  .badge.size-lg {
    padding: 2px 10px;
    font-size: 0.867em;
  }
  :is(.button, .badge, .control).pill {
    border-radius: 99px;
  }
  .button {
    display: inline-flex;
    align-items: center;
    align-self: flex-start;
    justify-content: center;
    gap: 6px;
    padding: 3px 14px;
    font-size: 0.933em;
    font-weight: 550;
    line-height: 1.3;
    border-radius: 10px;
  }
  .row > .button,
  .foot > .button {
    align-self: auto;
  }
  .block {
    align-self: stretch;
    inline-size: 100%;
  }
  .uniform {
    padding: 3px;
    aspect-ratio: 1;
  }
  .control-3xs,
  .control-2xs {
    --_high: 24px;
  }
  .control-xs {
    --_high: 26px;
  }
  .control-sm {
    --_high: 28px;
  }
  .control-md {
    --_high: 32px;
  }
  .control-lg {
    --_high: 36px;
  }
  .control-xl {
    --_high: 40px;
  }
  .control-2xl {
    --_high: 44px;
  }
  .control-3xl {
    --_high: 48px;
  }
  .button,
  .control {
    min-block-size: var(--_high);
  }
  .button.uniform {
    min-inline-size: var(--_high);
  }
  :is(.control-3xs, .control-2xs, .control-xs, .control-sm).button {
    padding-inline: 9px;
    font-size: 0.867em;
    border-radius: 8px;
  }
  .control {
    display: block;
    inline-size: 100%;
    min-inline-size: 0;
    margin: 0;
    padding: 5px 11px;
    font: inherit;
    font-size: 0.933em;
    color: inherit;
    background: var(--_surface);
    border: 1px solid color-mix(in srgb, var(--_muted) 55%, var(--_line));
    border-radius: 10px;
    accent-color: var(--_accent);
  }
  .control:is(.soft, .ghost) {
    background: var(--_soft);
    border-color: transparent;
  }
  .control::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .control:focus-visible {
    border-color: var(--_accent);
    outline: 3px solid color-mix(in srgb, var(--_accent) 18%, transparent);
    outline-offset: 0;
  }
  .control:user-invalid {
    border-color: var(--_danger);
  }
  textarea.control {
    resize: vertical;
    line-height: 1.5;
  }
  .grows {
    field-sizing: content;
  }
  .select {
    position: relative;
    display: grid;
    inline-size: 100%;
  }
  .select > select {
    appearance: none;
    padding-inline-end: 32px;
    text-overflow: ellipsis;
  }
  .select > .icon {
    position: absolute;
    inset-block-start: calc(50% - 7px);
    inset-inline-end: 11px;
    inline-size: 14px;
    block-size: 14px;
    rotate: 90deg;
    color: var(--_muted);
    pointer-events: none;
  }
  option {
    color: var(--_text);
    background: var(--_surface);
  }
  .choices {
    display: flex;
    flex-direction: column;
    gap: 2px;
  }
  .choices.row {
    flex-flow: row wrap;
    gap: 2px 18px;
  }
  .choice {
    display: flex;
    align-items: flex-start;
    gap: 9px;
    inline-size: fit-content;
    min-inline-size: 24px;
    min-block-size: 24px;
    padding-block: 3px;
    line-height: 1.4;
    cursor: pointer;
  }
  .choice > input {
    flex: none;
    inline-size: 17px;
    block-size: 17px;
    margin: 0.12em 0 0;
    accent-color: var(--_accent);
  }
  .row > :is(.control, .select) {
    flex: 1 1 120px;
    inline-size: auto;
  }
  :disabled,
  .choice:has(:disabled) {
    opacity: 0.55;
    cursor: default;
  }
  @media (hover: hover) {
    .button.solid:enabled:hover {
      background: color-mix(in srgb, var(--_tone) 88%, var(--_text));
    }
    .button.soft:enabled:hover {
      background: color-mix(in srgb, var(--_tone) 16%, var(--_surface));
    }
    .button.tone-secondary:is(.solid, .soft):enabled:hover {
      background: color-mix(in srgb, var(--_muted) 24%, var(--_surface));
    }
    .button:is(.outline, .ghost):enabled:hover,
    .wanted:hover,
    .more:hover {
      background: color-mix(in srgb, currentColor 7%, transparent);
    }
    .cover:hover {
      background: var(--_soft);
    }
  }
  /* Anything smaller makes a phone zoom in; and fingers are wide. */
  @media (pointer: coarse) {
    .control {
      font-size: max(0.933em, 16px);
    }
    .button,
    .control {
      min-block-size: max(var(--_high), 40px);
    }
    .choice {
      padding-block: 7px;
    }
  }
  @media (forced-colors: active) {
    .button,
    .badge,
    .wanted {
      border-color: ButtonText;
    }
    .bar > i,
    .number > i,
    .streaming::after {
      background: CanvasText !important;
      forced-color-adjust: none;
    }
  }
`;
