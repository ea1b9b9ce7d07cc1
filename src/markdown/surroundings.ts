import { type Target } from './links.js';
import { type Inline, type InlineElement } from './nodes.js';

/** What inline Markdown asks of the document it stands in. */
export interface Surroundings {
  /** Where a label leads, if it is defined. */
  find(label: string): Target | undefined;
  /** The address a link may have in its canonical spelling; undefined if it must stay text. */
  url(destination: string): string | undefined;
  /** Told about each link and each image that has an address, once its Markdown is complete. */
  address(element: HTMLElement, url: string): void;
  /** The mark of a footnote, if the label may be one. */
  footnote(label: string): InlineElement | undefined;
  /** Told about each formula, once it is complete. */
  math(element: HTMLElement, display: boolean): void;
}

/** A line's content, and how far it is settled. */
export interface InlineContent {
  /** Cannot change any more, whatever follows. */
  readonly settled: readonly Inline[];
  readonly open: readonly Inline[];
  /** Where the text of `open` starts. */
  readonly offset: number;
}
