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
    display: flow-root;
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
