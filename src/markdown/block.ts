/** A block that has opened, as a block renderer gets it: Markdown's own plain look of it is there already, and stays. */
export interface Block {
  /** `code` is fenced or indented; `math` is TeX, on its own (`display`) or within a line. */
  readonly kind: 'code' | 'math' | 'table';
  /** The `pre` with one `code`; the `div`, or the `span` within a line, with TeX as its text; the `div` with one `table`. */
  readonly element: HTMLElement;
  /** The first word after an opening fence, such as `js`; otherwise empty. */
  readonly language: string;
  /** Whether math stands on its own. */
  readonly display: boolean;
  /** The source as it is now: the code, the TeX, or a table's cells as tab-separated values. */
  text(): string;
}

/** What a block renderer wants to hear of a block that still grows. */
export interface BlockView {
  /**
   * Lines of code are finished: `node` holds them as one text, ends included; a hidden character in a line cuts it. Elements with the same text may take its
   * place where it stands; nothing else in the `code` may change.
   */
  lines?(node: Text): void;
  /** Nothing more will come; from here on the renderer may change whatever is in `element`. */
  end?(): void;
}

/**
 * Shows one kind of block in a better way. Called once for each block, when it opens and its language is known; math
 * opens when it is complete. What it or its view throws is reported to the console, and the plain look stays.
 */
export type BlockRenderer = (block: Block) => BlockView | undefined | void;

/**
 * Block renderers by what they take: the language of a fence in lower case, `math`, `table`, or `code` for all code that
 * has no other. `null` turns one off.
 */
export type BlockRenderers = Readonly<Record<string, BlockRenderer | null>>;
