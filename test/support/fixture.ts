import { render, type TemplateResult } from 'lit';

import { onCleanup } from './cleanup.js';
import { report } from './faults.js';

interface MaybeUpdating extends Element {
  updateComplete?: Promise<unknown>;
}

/** Renders into a container that goes away after the test; resolves with the first element, updated. */
export async function fixture<T extends Element = HTMLElement>(
  template: TemplateResult,
  { parent = document.body }: { parent?: Element } = {},
): Promise<T> {
  const container = document.createElement('div');
  parent.append(container);
  onCleanup(() => container.remove());
  render(template, container);
  const element: MaybeUpdating | null = container.firstElementChild;
  if (!element) throw new Error('The template has no element');
  await element.updateComplete;
  return element as T;
}

/** A page of its own in a frame, under the same policy; its faults are the test's. Resolves when it is loaded. */
export async function frame(
  url: string,
  { width = 400, height = 600 }: { width?: number; height?: number } = {},
): Promise<HTMLIFrameElement> {
  const element = document.createElement('iframe');
  element.width = String(width);
  element.height = String(height);
  element.src = url;
  onCleanup(() => element.remove());
  const loaded = new Promise<void>((resolve, reject) => {
    element.addEventListener('load', () => resolve(), { once: true });
    element.addEventListener('error', () => reject(new Error(`${url} did not load`)), { once: true });
  });
  document.body.append(element);
  await loaded;
  if (!element.contentDocument) report({ kind: 'error', message: `${url} did not load` });
  return element;
}
