import { css } from 'lit';

export const chatStreamStyles = css`
  :host {
    inline-size: 100%;
    block-size: 100%;
    max-block-size: 100dvh;
    min-inline-size: 0;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    overflow: clip;
    background: var(--_surface);
    box-shadow: var(--chat-shadow, 0 1px 2px #0000000a, 0 12px 32px light-dark(#0000001a, #0008));
  }
  .base {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
  }
  header {
    display: flex;
    flex: none;
    align-items: baseline;
    gap: 10px;
    min-block-size: 52px;
    padding: 13px 18px;
    border-block-end: 1px solid var(--_line);
  }
  .label {
    font-weight: 600;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .status {
    flex: none;
    margin-inline-start: auto;
    font-size: 12.5px;
    color: var(--_muted);
  }
  chat-stream-messages {
    block-size: auto;
  }
  /* Until its definition is there, with the first idle moment, it is what it holds: the empty state. */
  chat-stream-messages:not(:defined) {
    display: flex;
    flex-direction: column;
    justify-content: safe center;
    flex: 1 1 auto;
    min-block-size: 0;
    padding: 18px;
    overflow: hidden auto;
  }
  /* On paper nothing scrolls and nothing can be pressed. Important, because the page's own size is meant for screens. */
  @media print {
    :host {
      block-size: auto !important;
      max-block-size: none !important;
      overflow: visible !important;
      border: 0;
      box-shadow: none;
    }
    .base {
      display: block;
      block-size: auto;
    }
    .status,
    slot[name='composer'] {
      display: none;
    }
  }
`;
