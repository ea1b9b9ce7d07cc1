import { unescape } from './characters.js';
import { CodeLeaf } from './code-leaf.js';
import { continues, takeQuote } from './containers.js';
import { cellsOf, columnsOf, FENCE, FOOTNOTE, HEADING, ITEM, MATH, RULE, TASK } from './grammar.js';
import { UNDECIDED, UNDECIDED_CODE, UNDERLINE } from './grammar.js';
import { Line } from './line.js';
import { MathLeaf } from './math-leaf.js';
import { type Tag } from './nodes.js';
import { OpenBlocks, type Surface } from './open-blocks.js';
import { TableLeaf } from './table-leaf.js';
import { TextLeaf } from './text-leaf.js';

// Deeper containers stay text: neither our recursion nor the engine's layout shall end in a stack overflow.
const MAX_DEPTH = 32;

/**
 * Finds the blocks in the lines of a document (CommonMark 0.31, appendix "A parsing strategy"). A line is taken as soon as
 * it is clear what it is; from there on its text streams into the innermost block, and nothing is ever undone.
 */
export class Blocks {
  readonly #open: OpenBlocks;
  /** How many containers the present line goes on with; all of them, once it has closed the others. */
  #matched = 0;

  constructor(root: Element, surface: Surface) {
    this.#open = new OpenBlocks(root, surface);
  }

  /** Takes the start of a line, or all of it if it is `complete`; returns false if it is not clear yet what it is. */
  start(text: string, complete: boolean): boolean {
    const line = new Line(text);
    this.#matched = this.#match(line);
    const { leaf } = this.#open;
    const code = leaf instanceof CodeLeaf && this.#inside ? leaf : undefined;
    if (!complete && (code?.fence ? UNDECIDED_CODE : UNDECIDED).test(line.content)) return false;
    if (code && this.#codeLine(code, line)) return true;
    if (leaf instanceof MathLeaf && this.#inside && line.content) this.add(line.content);
    else if (!line.content) {
      this.#open.close(this.#matched);
      this.#open.blank = this.#open.top.kind !== 'quote';
    } else this.#line(line, complete);
    return true;
  }

  /** More of a line that has started. */
  add(text: string): void {
    const { leaf } = this.#open;
    if (!leaf) return this.#open.openText('p', text);
    leaf.add(text);
    this.#open.cut();
  }

  endLine(): void {
    const { leaf } = this.#open;
    leaf?.endLine?.();
    const ended =
      leaf instanceof TextLeaf ? leaf.tag !== 'p' : leaf instanceof MathLeaf && leaf.tex !== undefined;
    if (ended) this.#open.closeLeaf();
  }

  /** Shows what the last lines have changed. */
  show(): void {
    this.#open.leaf?.show();
  }

  end(): void {
    this.#open.end();
  }

  get #inside(): boolean {
    return this.#matched >= this.#open.containers.length;
  }

  /** Takes the marks of the open containers off a line; returns how many it goes on with. */
  #match(line: Line): number {
    const { containers, leaf } = this.#open;
    for (let depth = 1; depth < containers.length; depth++) {
      const container = containers[depth]!;
      const empty = depth === containers.length - 1 && !leaf && !container.element.firstChild;
      if (!continues(container, line, empty)) return depth;
    }
    return containers.length;
  }

  /** Closes what the line does not go on with: it starts a block of its own. */
  #leave(): void {
    this.#open.close(this.#matched);
    this.#matched = Infinity;
  }

  /** Whether the line belongs to the open code. */
  #codeLine(code: CodeLeaf, line: Line): boolean {
    if (code.fence) {
      if (line.indent < 4 && code.fence.test(line.content)) this.#open.closeLeaf();
      else {
        line.skip(Math.min(line.indent, code.indent));
        code.add(line.rest);
      }
      return true;
    }
    const blank = !line.content;
    if (!blank && line.indent < 4) return false;
    line.skip(4);
    if (blank) code.addBlank(line.rest);
    else code.add(line.rest);
    this.#open.blank = blank;
    return true;
  }

  /** Takes a line that is not blank: starts what starts with it, in the containers it goes on with. */
  #line(line: Line, complete: boolean): void {
    while (line.content) {
      const { paragraph } = this.#open;
      if (line.indent > 3) {
        // A line of an open paragraph may be indented, and leave out its containers' marks.
        if (paragraph) break;
        this.#leave();
        line.skip(4);
        return this.#open.openCode({ indent: 4, language: '' }).add(line.rest);
      }
      const inside = this.#inside ? paragraph : undefined;
      if (this.#startLeaf(line, inside, complete)) return;
      if (!this.#startContainer(line, inside)) break;
    }
    if (line.content) this.#text(line.content);
  }

  /** Starts a block that holds no blocks; returns whether the line was one. */
  #startLeaf(line: Line, paragraph: TextLeaf | undefined, complete: boolean): boolean {
    const { content, indent } = line;
    const heading = HEADING.exec(content);
    if (heading) {
      this.#leave();
      this.#open.openText(`h${heading[1]!.length}` as Tag, heading[2]!.trimStart());
      return true;
    }
    if (!complete) return false;
    const fence = FENCE.exec(content);
    if (fence) {
      this.#leave();
      const [, marks, info] = fence as unknown as [string, string, string];
      const language = unescape(info.trim()).split(/\s/)[0]!.toLowerCase();
      this.#open.openCode({ fence: new RegExp(`^${marks}${marks[0]}*[ \\t]*$`), indent, language });
      return true;
    }
    if (paragraph && this.#underline(paragraph, content)) return true;
    const rule = RULE.test(content);
    // Two dollars in a paragraph that holds the first two end what those began.
    if (!rule && (!MATH.test(content) || (paragraph && paragraph.text.split('$$').length % 2 === 0)))
      return false;
    this.#leave();
    if (rule) this.#open.addRule();
    else this.#open.openMath(content.trim());
    return true;
  }

  /** Makes the open paragraph a heading or a table, if the line is what has to stand below one. */
  #underline(paragraph: TextLeaf, content: string): boolean {
    if (UNDERLINE.test(content)) return this.#open.underline(paragraph, content[0] === '=' ? 'h1' : 'h2');
    const columns = columnsOf(content);
    if (!columns) return false;
    const start = paragraph.text.lastIndexOf('\n') + 1;
    const header = paragraph.text.slice(start);
    if (!`${header}${content}`.includes('|') || cellsOf(header).length !== columns.length) return false;
    this.#open.openTable(paragraph, start, columns);
    return true;
  }

  /** Starts a quote, a footnote or an item; returns whether the line did. */
  #startContainer(line: Line, paragraph: TextLeaf | undefined): boolean {
    const { containers } = this.#open;
    if (containers.length > MAX_DEPTH) return false;
    if (takeQuote(line)) {
      this.#leave();
      this.#open.openQuote();
      return true;
    }
    const note = FOOTNOTE.exec(line.content);
    if (note && this.#matched <= (containers[1]?.kind === 'note' ? 2 : 1)) {
      this.#leave();
      line.take(note[0].length);
      this.#open.openNote(note[1]!);
      return true;
    }
    return this.#startItem(line, paragraph);
  }

  #startItem(line: Line, paragraph: TextLeaf | undefined): boolean {
    const item = ITEM.exec(line.content);
    if (!item) return false;
    const [marker, mark, number] = item as unknown as [string, string, string?];
    const start = number && +number !== 1 ? `${+number}` : undefined;
    // Not every number at the start of a line is a list's.
    if (paragraph && (start || line.content.trim() === mark)) return false;
    this.#leave();
    const outside = line.indent + marker.length;
    line.take(marker.length);
    const space = !line.content || line.indent > 4 ? 1 : line.indent;
    line.skip(space);
    const task = TASK.exec(line.content);
    if (task) line.take(task[0].length);
    const attributes = task ? { class: task[1] === ' ' ? 'task' : 'task done' } : {};
    this.#open.openItem(mark.at(-1)!, start, attributes, outside + space);
    // What follows a box is text.
    return !task;
  }

  /** Takes a line of text: a row, more of the open paragraph, or a new one. */
  #text(content: string): void {
    const { leaf, paragraph } = this.#open;
    if (leaf instanceof TableLeaf && this.#inside) leaf.add(content);
    else if (paragraph) this.#open.addLine(paragraph, content, this.#inside);
    else {
      this.#leave();
      this.#open.openText('p', content);
    }
  }
}
