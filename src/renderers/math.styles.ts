import { css } from './styles.js';

/* What Temml's MathML needs of its style sheet (Temml-Local.css, MIT), without its fonts. */
const math = css`
  .math.drawn {
    font: inherit;
    white-space: inherit;
  }
  math {
    font-family: 'STIX Two Math', 'Cambria Math', 'Latin Modern Math', 'DejaVu Math TeX Gyre', math;
    font-size: 1.1em;
    line-height: normal;
    text-indent: 0;
    letter-spacing: normal;
    overflow-wrap: normal;
    direction: ltr;
    font-feature-settings: 'dtls' off;
  }
  math * {
    border-color: currentColor;
  }
  math[display='block'] {
    display: block math;
    inline-size: max-content;
    min-inline-size: 100%;
    font-size: 1.2em;
  }
  mfrac > :nth-child(2),
  msqrt,
  mover > :first-child {
    math-shift: compact;
  }
  .tml-right {
    text-align: right;
  }
  .tml-left {
    text-align: left;
  }
  mtable.tml-jot > mtr > mtd {
    padding-block: 0.7ex;
  }
  mtable.tml-small mtd {
    padding-block: 0.35ex;
  }
  @supports (-moz-appearance: none) {
    mtd,
    mtable.tml-small mtd {
      padding-block: 0;
    }
    mtable.tml-jot > mtr > mtd {
      padding-block: 0.2ex;
    }
    .tml-vec {
      transform: scale(0.75);
    }
  }
  @supports not (-moz-appearance: none) {
    /* Nothing a formula shifts may cover what stands elsewhere. */
    span.drawn {
      display: inline-block;
      max-inline-size: 100%;
      clip-path: inset(-0.5em -0.3em);
    }
    span.math > math {
      display: inline-flex;
      flex-wrap: wrap;
      align-items: baseline;
    }
    .tml-sml-pad {
      padding-left: 0.05em;
    }
    .tml-med-pad {
      padding-left: 0.1em;
    }
    .tml-lrg-pad {
      padding-left: 0.15em;
    }
  }
`;

/* WebKit sets accents too high and too far to the left. */
const mathInWebKit = css`
  @supports (-webkit-backdrop-filter: blur(1px)) {
    /* Breaks no formula. */
    span.math.long {
      vertical-align: middle;
      overflow: auto hidden;
      scrollbar-width: none;
    }
    .wbk-acc {
      transform: translate(0, 0.431em);
    }
    .wbk-vec {
      transform: scale(0.75);
    }
    .wbk-sml {
      transform: translate(0.07em, 0);
    }
    .wbk-sml-acc {
      transform: translate(0.07em, 0.431em);
    }
    .wbk-sml-vec {
      transform: scale(0.75) translate(0.07em, 0);
    }
    .wbk-med {
      transform: translate(0.14em, 0);
    }
    .wbk-med-acc {
      transform: translate(0.14em, 0.431em);
    }
    .wbk-med-vec {
      transform: scale(0.75) translate(0.14em, 0);
    }
    .wbk-lrg {
      transform: translate(0.21em, 0);
    }
    .wbk-lrg-acc {
      transform: translate(0.21em, 0.431em);
    }
    .wbk-lrg-vec {
      transform: scale(0.75) translate(0.21em, 0);
    }
  }
`;

/* Chromium corrects no accents, stretches none, and does not know menclose. */
const mathInChromium = css`
  @supports (not (-webkit-backdrop-filter: blur(1px))) and (not (-moz-appearance: none)) {
    .chr-sml {
      transform: translate(0.07em, 0);
    }
    .chr-sml-vec {
      transform: scale(0.75) translate(0.07em, 0);
    }
    .chr-med {
      transform: translate(0.14em, 0);
    }
    .chr-med-vec {
      transform: scale(0.75) translate(0.14em, 0);
    }
    .chr-lrg {
      transform: translate(0.21em, 0);
    }
    .chr-lrg-vec {
      transform: scale(0.75) translate(0.21em, 0);
    }
    .tml-tilde-2 {
      transform: scale(2, 1.1);
    }
    .tml-tilde-3 {
      transform: scale(3, 1.1);
    }
    .tml-tilde-4 {
      transform: scale(4, 1.1);
    }
    .tml-hat-1 {
      transform: scale(1.9, 1);
    }
    .tml-hat-2 {
      transform: scale(3.9, 1);
    }
    .tml-hat-3 {
      transform: scale(5.8, 1);
    }
    .tml-hat-4 {
      transform: scale(7.8, 1);
    }
    .tml-right {
      text-align: -webkit-right;
    }
    .tml-left {
      text-align: -webkit-left;
    }
    menclose {
      position: relative;
      padding: 0.5ex 0;
    }
    .tml-overline {
      padding: 0.1em 0 0;
      border-top: 0.065em solid;
    }
    .tml-underline {
      padding: 0 0 0.1em;
      border-bottom: 0.065em solid;
    }
    .tml-fbox {
      padding: 3pt;
      border: 1px solid;
    }
    .tml-cancel {
      display: inline-block;
      position: absolute;
      left: 0.5px;
      bottom: 0;
      inline-size: 100%;
      block-size: 100%;
      background: currentColor;
    }
    .upstrike {
      clip-path: polygon(0.05em 100%, 0 calc(100% - 0.05em), calc(100% - 0.05em) 0, 100% 0.05em);
    }
    .downstrike {
      clip-path: polygon(0 0.05em, 0.05em 0, 100% calc(100% - 0.05em), calc(100% - 0.05em) 100%);
    }
    .sout {
      clip-path: inset(calc(45% - 0.033em) 0);
    }
    .tml-xcancel {
      clip-path: polygon(
        0.05em 0,
        0 0.05em,
        calc(50% - 0.05em) 50%,
        0 calc(100% - 0.05em),
        0.05em 100%,
        50% calc(50% + 0.05em),
        calc(100% - 0.05em) 100%,
        100% calc(100% - 0.05em),
        calc(50% + 0.05em) 50%,
        100% 0.05em,
        calc(100% - 0.05em) 0,
        50% calc(50% - 0.05em)
      );
    }
  }
`;

/** What formulas need, as one sheet of a document or shadow tree. */
export const mathStyles = math + mathInWebKit + mathInChromium;
