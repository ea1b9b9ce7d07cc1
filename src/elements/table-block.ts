import { render } from 'lit';
import { copyText } from '../controllers/clipboard.js';
import type { Strings } from '../controllers/strings.js';
import type { Block } from '../markdown/index.js';
import type { WordedView } from '../renderers/view.js';
import { icon } from './icon.js';

/**
 * What a table gets when it is complete: a scroller of its own, so that the button beside it stays where it is, and the
 * button, which copies the cells as tab-separated values: what every spreadsheet pastes as cells.
 */
export function tableTools(block: Block, words: () => Strings): WordedView {
  let left = 0;
  let copy: CopyButton | undefined;
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
      copy = copyButton(block, words);
      block.element.append(scroll, copy.button);
      focused?.focus({ preventScroll: true });
      if (left) scroll.scrollLeft = left;
    },
    reword: () => copy?.reword(),
  };
}

interface CopyButton {
  readonly button: HTMLButtonElement;
  readonly reword: () => void;
}

function copyButton(block: Block, words: () => Strings): CopyButton {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet copy';
  let copied: boolean | undefined;
  const reword = (): void => {
    const { copyTable, copied: done, copyFailed } = words();
    const name = copied === undefined ? copyTable : copied ? done : copyFailed;
    button.ariaLabel = name;
    button.title = name;
    render(icon(copied === undefined ? 'copy' : copied ? 'tick' : 'cross'), button);
  };
  const tell = (now: boolean | undefined): void => {
    copied = now;
    reword();
  };
  button.addEventListener('click', () => copyText(block.text(), tell));
  reword();
  return { button, reword };
}
