import { css } from 'lit';

/** An image of an answer: named, offered, loading, there, or failed. */
export const imageStyles = css`
  .image:not(.offered) {
    padding: 1px 7px;
    font-size: 0.9em;
    color: var(--_muted);
    border: 1px dashed var(--_line);
    border-radius: 6px;
  }
  .image > button,
  .failed {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    max-inline-size: 100%;
    padding: 5px 12px 5px 10px;
    margin-block: 2px;
    color: var(--_text);
    text-align: start;
    text-decoration: none;
    white-space: normal;
    vertical-align: middle;
    background: var(--_soft);
    border: 1px solid var(--_line);
    border-radius: 10px;
  }
  @media (hover: hover) {
    .image > button:hover {
      border-color: color-mix(in srgb, var(--_accent) 55%, var(--_line));
    }
  }
  .offered :is(.icon, small, .loading),
  .failed {
    color: var(--_muted);
  }
  .offered small {
    font-size: 0.867em;
  }
  .failed {
    font-size: 0.933em;
    background: none;
    border-style: dashed;
  }
  .offered > img {
    max-inline-size: 100%;
    max-block-size: min(420px, 70vh);
    margin-block: 2px;
    vertical-align: middle;
    border-radius: 10px;
  }
  .offered > .loading {
    min-inline-size: min(160px, 100%);
    min-block-size: 64px;
    padding: 8px 12px;
    font-size: 0.867em;
    background: var(--_soft);
    border: 1px solid var(--_line);
  }
`;
