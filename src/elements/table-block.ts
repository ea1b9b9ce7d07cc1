import { render } from 'lit';
import { copyText } from '../controllers/clipboard.js';
import type { Strings } from '../controllers/strings.js';
import type { Block, BlockView } from '../markdown/index.js';
import { icon } from './icon.js';

/**
 * What a table gets when it is complete: a scroller of its own, so that the button beside it stays where it is, and the
 * button, which copies the cells as tab-separated values: what every spreadsheet pastes as cells.
 */
export function tableTools(block: Block, words: () => Strings): BlockView {
  let left = 0;
  // Asked of a table that has just been written, the engine would lay it out in the midst of a frame's writing.
  const noteScroll = () => (left = block.element.scrollLeft);
  block.element.addEventListener('scroll', noteScroll, { passive: true });
  return {
    end() {
      const table = block.element.querySelector('table');
      if (!table) return;
      const scroll = document.createElement('div');
      scroll.className = 'scroll';
      const focused = table.querySelector<HTMLElement>(':focus');
      scroll.append(table);
      block.element.classList.add('done');
      block.element.append(scroll, copyButton(block, words));
      focused?.focus({ preventScroll: true });
      if (left) scroll.scrollLeft = left;
    },
  };
}

function copyButton(block: Block, words: () => Strings): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet copy';
  const tell = (copied: boolean | undefined): void => {
    const { copyTable, copied: done, copyFailed } = words();
    const name = copied === undefined ? copyTable : copied ? done : copyFailed;
    button.ariaLabel = name;
    button.title = name;
    render(icon(copied === undefined ? 'copy' : copied ? 'tick' : 'cross'), button);
  };
  button.addEventListener('click', () => copyText(block.text(), tell));
  tell(undefined);
  return button;
}
