import { type Block, type BlockView } from './block.js';
import { CodeLeaf, type CodeStart } from './code-leaf.js';
import { type Container, groupIn } from './containers.js';
import { Direction } from './direction.js';
import { type FootnoteButton, Footnotes } from './footnotes.js';
import { type Leaf, type Place, placeIn, remove } from './leaf.js';
import { MathLeaf } from './math-leaf.js';
import { create, place, type Tag } from './nodes.js';
import { References } from './references.js';
import { type Surroundings } from './surroundings.js';
import { TableLeaf } from './table-leaf.js';
import { TextLeaf } from './text-leaf.js';

/** What a document asks of the page it is written into. */
export interface Surface {
  readonly url: Surroundings['url'];
  readonly address: Surroundings['address'];
  block(block: Block): BlockView | undefined | void;
  name(button: FootnoteButton): string;
}

// Characters after which a paragraph goes on in a new one, so that no delta costs more than one piece.
const MAX_TEXT = 4000;

/** The containers that are open, one in the other, and the block of text in the innermost of them. */
export class OpenBlocks {
  containers: Container[];
  leaf: Leaf | undefined;
  /** The line before was blank, which makes a list loose if it goes on. */
  blank = false;
  readonly #root: Element;
  readonly #surface: Surface;
  readonly #footnotes: Footnotes;
  readonly #references: References;
  /** The direction of the block at the top that is open. */
  #direction: Direction | undefined;

  constructor(root: Element, surface: Surface) {
    this.#root = root;
    this.#surface = surface;
    this.#footnotes = new Footnotes(root, (button) => surface.name(button));
    const math = (element: HTMLElement, display: boolean) => this.#formula(element, display);
    this.#references = new References(this.#footnotes, { ...surface, math });
    this.containers = [{ kind: 'document', element: root, indent: 0 }];
  }

  get top(): Container {
    return this.containers.at(-1)!;
  }

  get paragraph(): TextLeaf | undefined {
    return this.leaf instanceof TextLeaf && this.leaf.tag === 'p' ? this.leaf : undefined;
  }

  /** Closes the open leaf and all containers but the outer `count`. */
  close(count: number): void {
    this.closeLeaf();
    if (this.containers.length > count) this.containers.length = count;
  }

  closeLeaf(): void {
    const { leaf } = this;
    if (leaf instanceof TextLeaf) this.#rejoin(leaf);
    else if (leaf instanceof MathLeaf && !leaf.tex) this.#toText(leaf);
    this.leaf?.close();
    this.leaf = undefined;
  }

  end(): void {
    this.close(1);
    this.#footnotes.end();
  }

  openQuote(): void {
    this.#enter();
    this.containers.push({ kind: 'quote', element: placeIn(this.#place(), 'blockquote'), indent: 0 });
  }

  openNote(label: string): void {
    this.close(1);
    this.#enter();
    this.containers.push({ kind: 'note', element: this.#footnotes.open(label), indent: 4 });
  }

  /** Opens an item of a list with this mark, which starts where none goes on. */
  openItem(mark: string, start: string | undefined, attributes: { class?: string }, indent: number): void {
    this.#enter(mark);
    const { top } = this;
    top.list ??= { element: placeIn(this.#place(), /[.)]/.test(mark) ? 'ol' : 'ul', { start }), mark };
    this.containers.push({ kind: 'item', element: place(top.list.element, 'li', attributes), indent });
  }

  addRule(): void {
    this.#enter();
    this.#place().append(create('hr'));
  }

  openText(tag: Tag, text: string): void {
    this.#enter();
    this.leaf = this.#textLeaf(tag, text);
    this.cut();
  }

  openCode(start: CodeStart): CodeLeaf {
    this.#enter();
    const code = new CodeLeaf(start, this.#place(), (block) => this.#surface.block(block));
    this.leaf = code;
    return code;
  }

  openMath(mark: string): void {
    this.#enter();
    this.leaf = new MathLeaf(mark, this.#place(), (element) => this.#formula(element, true));
  }

  /** Makes the open paragraph a heading; returns whether it is more than definitions. */
  underline(row: TextLeaf, tag: 'h1' | 'h2'): boolean {
    this.#rejoin(row);
    const paragraph = this.paragraph!;
    paragraph.takeDefinitions();
    if (!paragraph.text) return false;
    paragraph.remove();
    // Marks at its end are none that close it.
    this.leaf = this.#textLeaf(tag, `${paragraph.text} #`);
    this.closeLeaf();
    return true;
  }

  /** Makes the last line of the open paragraph, which starts at `start`, a table's header. */
  openTable(paragraph: TextLeaf, start: number, columns: readonly (string | undefined)[]): void {
    const header = paragraph.text.slice(start);
    paragraph.text = paragraph.text.slice(0, start);
    paragraph.remove();
    this.leaf = paragraph.before ?? paragraph;
    this.closeLeaf();
    const view = (block: Block) => this.#surface.block(block);
    this.leaf = new TableLeaf(header, columns, this.#place(), this.#references, view);
  }

  /** Adds a line to the open paragraph. */
  addLine(paragraph: TextLeaf, text: string, matched: boolean): void {
    // People and models forget the blank line before a table.
    if (matched && text[0] === '|' && !paragraph.text.startsWith('|')) {
      const row = this.#textLeaf('p', text);
      row.before = paragraph;
      paragraph.show();
      this.leaf = row;
      return;
    }
    this.#rejoin(paragraph);
    this.leaf!.add(`\n${text}`);
    this.cut();
  }

  /** Settles text that is long, and goes on in a new paragraph. */
  cut(): void {
    const { leaf } = this;
    if (leaf instanceof MathLeaf && leaf.text.length > MAX_TEXT) this.#toText(leaf);
    for (let leaf; (leaf = this.leaf) instanceof TextLeaf && leaf.text.length > MAX_TEXT;) {
      const { text } = leaf;
      // Definitions are whole lines.
      const end = text.lastIndexOf('\n', MAX_TEXT) + 1 || text.lastIndexOf(' ', MAX_TEXT) + 1 || MAX_TEXT;
      leaf.text = text.slice(0, end);
      leaf.close();
      this.leaf = this.#textLeaf('p', text.slice(end).trimStart());
    }
  }

  /** What looked like a table's first line goes back to the paragraph it stands in. */
  #rejoin(row: TextLeaf): void {
    if (!row.before) return;
    row.remove();
    row.before.add(`\n${row.text}`);
    this.leaf = row.before;
  }

  #toText(formula: MathLeaf): void {
    remove(formula.element);
    this.leaf = this.#textLeaf('p', formula.text);
  }

  #textLeaf(tag: Tag, text: string): TextLeaf {
    return new TextLeaf(tag, text, this.#place(), this.#references);
  }

  /** Makes room for a block, or for an item of a list with this mark. */
  #enter(mark?: string): void {
    const parent = this.top;
    if (this.containers.length > 1 || mark !== undefined) this.#direction?.grow();
    const joins = mark !== undefined && parent.list?.mark === mark;
    if (this.blank) {
      const around = parent.element.firstChild ? this.containers.at(-2)?.list : undefined;
      (joins ? parent.list : around)?.element.setAttribute('class', 'loose');
    }
    this.blank = false;
    if (!joins) parent.list = undefined;
  }

  /** Where the next block goes. */
  #place(): Place {
    const { kind, element } = this.top;
    if (kind !== 'document') return { dir: undefined, append: (child) => element.append(child) };
    return {
      dir: 'auto',
      append: (child) => {
        groupIn(this.#root, this.#footnotes.place).append(child);
        this.#direction = new Direction(child);
      },
    };
  }

  #formula(element: HTMLElement, display: boolean): void {
    const tex = element.textContent;
    this.#surface.block({ kind: 'math', element, language: '', display, text: () => tex })?.end?.();
  }
}
