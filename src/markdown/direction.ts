// Engines look for the first letter of `dir=auto` anew with every child, and pass over all of them for some.
const MAX_CHILDREN = 32;
/** The same for the elements in a text, which seldom has so many: marks without a letter, one after the other. */
export const MAX_INLINES = 256;

/** The direction of a block that holds others: found by the engine while it is small, and kept from there on. */
export class Direction {
  readonly #element: HTMLElement;
  #children = 0;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  /** Something is added to the block. */
  grow(): void {
    if (++this.#children === MAX_CHILDREN) keepDirection(this.#element);
  }
}

/** Keeps the direction that the engine has found, where it looks for one. */
export function keepDirection(element: HTMLElement): void {
  if (element.dir === 'auto') element.dir = element.matches(':dir(rtl)') ? 'rtl' : 'ltr';
}
