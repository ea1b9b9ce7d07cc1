/** Registers tags in their order. One that is taken stays as it is, with one warning for all. */
export function register(tags: Record<string, CustomElementConstructor>): void {
  const taken = Object.keys(tags).filter((tag) => {
    const known = customElements.get(tag);
    if (!known) customElements.define(tag, tags[tag]!);
    return known && known !== tags[tag];
  });
  if (taken.length) console.warn(`chat-stream: ${taken.join(', ')} was defined before; the first one stays`);
}
