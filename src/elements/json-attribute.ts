import type { ComplexAttributeConverter } from 'lit';

/** An attribute that holds JSON; a bad value warns and counts as left out. */
export const jsonAttribute = (name: string): ComplexAttributeConverter => ({
  fromAttribute: (value) => {
    if (!value) return undefined;
    try {
      return JSON.parse(value) as unknown;
    } catch (error) {
      console.warn(`chat-stream: the attribute ${name} is no JSON`, error);
      return undefined;
    }
  },
});
