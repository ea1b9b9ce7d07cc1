// Engines look for the first letter of `dir=auto` anew with every child, and pass over all of them for some.
const MAX_CHILDREN = 32;

/** The direction of a block that holds others: found by the engine while it is small, and kept from there on. */
export class Direction {
  readonly #element: HTMLElement;
  #children = 0;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  /** Something is added to the block. */
  grow(): void {
    if (++this.#children !== MAX_CHILDREN || this.#element.dir !== 'auto') return;
    this.#element.dir = this.#element.matches(':dir(rtl)') ? 'rtl' : 'ltr';
  }
}
