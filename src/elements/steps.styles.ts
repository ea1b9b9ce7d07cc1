import { css } from 'lit';

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
  /* At least 24 px high to press; what a line has less of it takes from the room around, so that nothing moves. */
  summary {
    cursor: pointer;
    list-style: none;
    inline-size: fit-content;
    padding-block: max(0px, (24px - 1lh) / 2);
    margin-block: min(0px, (1lh - 24px) / 2);
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
