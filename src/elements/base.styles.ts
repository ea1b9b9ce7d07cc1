import { css } from 'lit';

/**
 * What all our elements share: the public custom properties with their defaults under private names, so that every part
 * looks the same alone and inside of `<chat-stream>`; words for screen readers only; icons; quiet buttons; focus.
 */
export const base = css`
  :host {
    --_surface: var(--chat-surface, light-dark(#fff, #16181d));
    --_text: var(--chat-text, light-dark(#1b1d22, #e8eaf0));
    --_muted: var(--chat-muted, light-dark(#646a79, #979eae));
    --_line: var(--chat-line, light-dark(#e5e7ec, #2a2e37));
    --_soft: var(--chat-soft, light-dark(#f4f5f8, #1e2128));
    --_accent: var(--chat-accent, light-dark(#3b5bdb, #8ea2ff));
    --_on-accent: var(--chat-on-accent, light-dark(#fff, #10131a));
    --_user: var(--chat-user, light-dark(#eef1fd, #23294a));
    --_danger: var(--chat-danger, light-dark(#b42318, #ff9d92));
    --_danger-soft: var(--chat-danger-soft, light-dark(#fdf1f0, #2d1b1b));
    --_radius: var(--chat-radius, 16px);
    --_gap: var(--chat-gap, 18px);
    --_width: var(--chat-width, 720px);
    --_mono: var(--chat-mono, ui-monospace, 'SF Mono', 'Cascadia Code', 'DejaVu Sans Mono', monospace);
    font: var(--chat-font-size, 15px) / 1.6 var(--chat-font, system-ui, 'Segoe UI', sans-serif);
    color: var(--_text);
    box-sizing: border-box;
    display: block;
    overflow-wrap: anywhere;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }
  :host([hidden]) {
    display: none !important;
  }
  *,
  ::before,
  ::after {
    box-sizing: inherit;
  }
  .sr {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    user-select: none;
    -webkit-user-select: none;
  }
  .icon {
    display: block;
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 1px solid transparent;
    border-radius: 8px;
    padding: 0;
    cursor: pointer;
    touch-action: manipulation;
  }
  .quiet {
    display: grid;
    place-items: center;
    inline-size: 28px;
    block-size: 28px;
    color: var(--_muted);
  }
  @media (hover: hover) {
    .quiet:hover {
      color: var(--_text);
      background: var(--_soft);
    }
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
`;

/** Three dots that say that something goes on, a step with its icon, and a thin bar. */
export const steps = css`
  .step {
    display: flex;
    align-items: flex-start;
    gap: 8px;
    color: var(--_muted);
    font-size: 0.9em;
  }
  .step > .icon {
    margin-block: 0.22em;
    stroke-width: 1.6;
  }
  summary {
    cursor: pointer;
    list-style: none;
    inline-size: fit-content;
    border-radius: 6px;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary > .icon:last-child {
    margin-inline-start: -4px;
    scale: 0.8;
  }
  summary > .icon:last-child:dir(rtl) {
    scale: -0.8 0.8;
  }
  [open] > summary > .icon:last-child {
    rotate: 90deg;
  }
  @media (hover: hover) {
    summary:hover {
      color: var(--_text);
    }
  }
  .dots {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 4px;
    block-size: 1.6em;
    margin-inline: 1px 2px;
  }
  .dots i {
    inline-size: 6px;
    block-size: 6px;
    border-radius: 50%;
    background: var(--_accent);
  }
  .dots i:nth-child(2) {
    opacity: 0.6;
  }
  .dots i:nth-child(3) {
    opacity: 0.3;
  }
  @media (prefers-reduced-motion: no-preference) {
    .dots i {
      animation: dot 1.2s infinite ease-in-out;
    }
    .dots i:nth-child(2) {
      animation-delay: 0.16s;
    }
    .dots i:nth-child(3) {
      animation-delay: 0.32s;
    }
    @keyframes dot {
      0%,
      60%,
      to {
        opacity: 0.3;
      }
      25% {
        opacity: 1;
      }
    }
  }
  @media (forced-colors: active) {
    .dots i {
      background: CanvasText;
      forced-color-adjust: none;
    }
  }
`;
