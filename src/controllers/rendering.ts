import type { BlockRenderers } from '../markdown/index.js';

/**
 * How answers are drawn, for all parts of a chat: the object stays the same while its values change, because what they
 * change is read anew for each frame and each block.
 */
export interface Rendering {
  /** Whether bursts are evened out into a steady pace. */
  smooth: boolean;
  /** The page's own block renderers. */
  renderers: BlockRenderers;
  /** Where images of an answer may come from without a click, as `allowed-image-origins` has it; none by default. */
  imageOrigins?: string | undefined;
  /** Where links of an answer may lead, as `allowed-link-origins` has it; anywhere by default. */
  linkOrigins?: string | undefined;
}

export const plainRendering: Rendering = { smooth: false, renderers: {} };
