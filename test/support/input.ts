import { executeServerCommand, resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';

import { onCleanup } from './cleanup.js';

/** Real key presses in all engines: `await press('Shift+Enter')`. */
export const press = (combination: string): Promise<unknown> =>
  executeServerCommand('chat-press', combination);

/** Types text as a person would, key by key, into what has the focus. */
export const type = (text: string): Promise<unknown> => sendKeys({ type: text });

const middle = (target: Element): [number, number] => {
  const { left, top, width, height } = target.getBoundingClientRect();
  return [Math.round(left + width / 2), Math.round(top + height / 2)];
};

/** A real mouse click on the middle of the element, wherever it is in shadow trees. */
export async function click(target: Element): Promise<void> {
  target.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  onCleanup(resetMouse);
  await sendMouse({ type: 'click', position: middle(target) });
}

export async function hover(target: Element): Promise<void> {
  onCleanup(resetMouse);
  await sendMouse({ type: 'move', position: middle(target) });
}

/** Turns the mouse wheel over the element; down is positive. */
export async function wheel(target: Element, deltaY: number): Promise<void> {
  await executeServerCommand('chat-wheel', { position: middle(target), delta: [0, deltaY] });
}
