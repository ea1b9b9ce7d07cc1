import type { BlockView } from '../markdown/index.js';
import { adopt } from './styles.js';
import { viewStyles } from './view.styles.js';

/** A view with words of ours. */
export interface WordedView extends BlockView {
  /** The page's words are others from here on: those that are drawn follow, in their places. */
  reword?(): void;
}

/** What a person reads on and in a better view of code. */
export interface ViewWords {
  /** The button that shows the code in place of the view. */
  asText: string;
  /** The name of a diagram. */
  diagram: string;
  /** Says how much of a large table is shown. */
  firstRows: (shown: number, all: number) => string;
}

export const english = (): ViewWords => ({
  asText: 'As text',
  diagram: 'Diagram',
  firstRows: (shown, all) => `First ${shown.toLocaleString()} of ${all.toLocaleString()} rows`,
});

/** Shows a view in place of the code of a `pre`; the code stays, behind a button in the header. Gives what rewords that. */
export function showInstead(
  pre: HTMLElement,
  view: HTMLElement,
  language: string,
  words: () => ViewWords,
): () => void {
  const code = pre.querySelector<HTMLElement>('code');
  if (!code) return () => {};
  adopt(pre, viewStyles);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'toggle';
  const reword = (): void => void (button.textContent = words().asText);
  reword();
  const show = (text: boolean): void => {
    button.setAttribute('aria-pressed', String(text));
    code.hidden = !text;
    view.hidden = text;
  };
  button.addEventListener('click', () => show(code.hidden !== false));
  headerOf(pre, language).firstElementChild!.after(button);
  // A frame that is there already would load again if it moved.
  if (view.parentNode !== pre) code.before(view);
  show(false);
  return reword;
}

function headerOf(pre: HTMLElement, language: string): HTMLElement {
  const there = pre.querySelector<HTMLElement>(':scope > header');
  if (there) return there;
  const header = document.createElement('header');
  const name = document.createElement('span');
  name.textContent = language;
  header.append(name);
  pre.prepend(header);
  return header;
}
