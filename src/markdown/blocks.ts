import { unescape } from './entities.js';
import {
  alignmentOf,
  cellsOf,
  expandTabs,
  FENCE,
  HEADING,
  ITEM,
  QUOTE,
  RULE,
  TASK,
  UNDECIDED,
  UNDERLINE,
} from './grammar.js';
import { References } from './references.js';
import { create, fill, put, slotIn, trim } from './slot.js';
import { type Columns, type Container, type Leaf, trimAll } from './tree.js';

/** What a code block says about itself. */
export interface CodeInfo {
  /** The first word after the opening fence, such as `js`; empty if there is none. */
  readonly language: string;
  /** The code as it is now. */
  text(): string;
}

/** The open blocks of a document. */
export interface Blocks {
  /** Takes a line; `end` is its end as it goes into code. */
  line(text: string, end: string): void;
  /** Shows the open block, and `text`, the line not yet finished, as they look so far. */
  preview(text: string): void;
  /** Ends the document. */
  end(): void;
}

// Deeper containers stay text: neither our recursion nor the engine's layout shall end in a stack overflow.
const MAX_DEPTH = 32;
// Characters after which open text is settled at the end of a line, so that no delta costs more than one piece. Code goes
// on in a new text node, because engines lay out a text node as a whole; the rare paragraph as long as this in a new one.
const CODE_PIECE = 1000;
const TEXT_PIECE = 4000;

/** Opens a document in `root`; takes its lines one by one (CommonMark 0.31, appendix "A parsing strategy"). */
export function openDocument(root: Node, codeHeader?: (pre: HTMLElement, info: CodeInfo) => void): Blocks {
  const references = new References();
  let open: Container[] = [{ ...slotIn(root), indent: 1 }];
  let leaf: Leaf | undefined;
  /** The line before was blank, which makes a list loose if it goes on. */
  let blank = false;
  /** What is put into the DOM is not settled. */
  let previewing = false;
  /** What is left of the present line. */
  let rest = '';
  /** How many containers the present line continues. */
  let depth = 0;

  function preview(text: string): void {
    const settled = [open, leaf, blank] as const;
    open = open.map((container) => ({ ...container, list: container.list && { ...container.list } }));
    leaf = leaf && { ...leaf, slot: leaf.slot && { ...leaf.slot } };
    previewing = true;
    line(text, '');
    show();
    open.forEach(trimAll);
    [open, leaf, blank] = settled;
    previewing = false;
  }

  function line(text: string, end: string): void {
    rest = leaf?.end && open.length === 1 ? text : expandTabs(text);
    for (depth = 1; !matched() && continues(open[depth]!);) depth++;
    if (previewing && UNDECIDED.test(rest)) return;
    if (leaf?.tag === 'code' && matched() && code(leaf, end)) return;
    if (isBlank()) {
      close(depth);
      blank = top().indent > 0;
      return;
    }
    while (!isBlank()) {
      if (leaf?.tag !== 'p' && indent() > 3) return void code(startCode(4), end);
      if (startLeaf()) return;
      if (!startContainer()) return addText();
    }
  }

  const top = (): Container => open.at(-1)!;
  const matched = (): boolean => depth >= open.length;
  const indent = (): number => rest.search(/[^ ]|$/);
  const isBlank = (): boolean => !rest.trim();

  /** Takes what the pattern matches off the line. */
  function take(pattern: RegExp): RegExpExecArray | null {
    const match = pattern.exec(rest);
    if (match) rest = rest.slice(match[0].length);
    return match;
  }

  /** Takes the mark of an open container off the line, if it is there. */
  function continues({ indent: columns, last }: Container): boolean {
    if (!columns) return !!take(QUOTE);
    // An item that starts with a blank line has no second one.
    const stays = isBlank() ? last || leaf : indent() >= columns;
    if (stays) rest = rest.slice(columns);
    return !!stays;
  }

  /** Whether the line belongs to the open code block. */
  function code({ end, indent: columns }: Leaf, lineEnd: string): boolean {
    if (end?.test(rest)) closeLeaf();
    else {
      if (!end && !isBlank() && indent() < 4) return false;
      append(rest.slice(Math.min(indent(), columns!)) + lineEnd);
      blank = !end && isBlank();
    }
    return true;
  }

  /** Closes what the line does not continue, to make room for a block, or for an item of a list with this mark. */
  function enter(mark?: string): void {
    close(depth);
    depth = Infinity;
    const parent = top();
    const joins = parent.list?.mark === mark ? parent.list : undefined;
    const list = joins ?? (parent.last && open.at(-2)?.list);
    if (blank && list && !previewing) (list.element as Element).className = 'loose';
    blank = false;
    if (!joins && parent.list) trim(parent.list);
    parent.list = joins;
  }

  /** Starts a block that is no container; returns whether the line was one. */
  function startLeaf(): boolean {
    const heading = HEADING.exec(rest);
    const fence = FENCE.exec(rest);
    if (heading) {
      enter();
      leaf = { tag: `h${heading[1]!.length}`, text: heading[2]!.replace(/(^|\s)#+\s*$/, '') };
    } else if (fence) {
      if (!previewing) startCode(fence[1]!.length, fence[2], fence[3]);
    } else if (previewing) return false;
    else if (!underline()) {
      if (!RULE.test(rest)) return false;
      enter();
      place('hr');
    }
    return true;
  }

  /** Makes the open paragraph a heading or a table, if the line is what has to stand below one. */
  function underline(): boolean {
    if (leaf?.tag !== 'p' || !matched()) return false;
    if (UNDERLINE.test(rest)) {
      leaf.text = references.take(leaf.text, false);
      if (leaf.text) leaf.tag = rest.includes('=') ? 'h1' : 'h2';
      return !!leaf.text;
    }
    const columns = cellsOf(rest).map(alignmentOf);
    const header = cellsOf(leaf.text);
    const table =
      columns.length === header.length &&
      !columns.includes(undefined) &&
      /^[^\n]*\|[^\n]*$/.test(rest + leaf.text);
    if (table) startTable(header, columns);
    return table;
  }

  /** Starts a block quote or a list item; returns whether the line did. */
  function startContainer(): boolean {
    if (open.length > MAX_DEPTH || indent() > 3) return false;
    if (take(QUOTE)) {
      enter();
      open.push({ ...slotIn(place('blockquote')), indent: 0 });
      return true;
    }
    const item = ITEM.exec(rest);
    if (!item) return false;
    const [marker, mark, number] = item as unknown as [string, string, string?];
    const bullet = mark.at(-1)!;
    const start = number && +number !== 1 ? `${+number}` : '';
    // Not every number at the start of a line is a list's.
    if (leaf?.tag === 'p' && matched() && (start || rest.trim() === mark)) return false;
    take(ITEM);
    const task = take(TASK);
    enter(bullet);
    const list = (top().list ??= { ...slotIn(place(number ? 'ol' : 'ul', { start })), mark: bullet });
    const element = put(list, create('li', { class: task && (task[1] === ' ' ? 'task' : 'task done') }));
    open.push({ ...slotIn(element), indent: marker.length + +marker.endsWith(mark) });
    return true;
  }

  function startCode(columns: number, fence = '', info = ''): Leaf {
    enter();
    const pre = place('pre', { dir: 'ltr' });
    const element = put(slotIn(pre), create('code'));
    const language = /\S*/.exec(unescape(info).trim())![0];
    if (!previewing) codeHeader?.(pre, { language, text: () => element.textContent });
    const end = fence ? new RegExp(`^ {0,3}${fence}+\\s*$`) : undefined;
    return (leaf = { tag: 'code', text: '', slot: slotIn(element), end, indent: columns });
  }

  function startTable(header: string[], columns: Columns): void {
    leaf = { tag: 'table', text: '', slot: slotIn(place('table')), columns };
    row('th', header);
  }

  /** Adds a row to the open table. */
  function row(tag: string, cells: string[]): void {
    const { slot, columns } = leaf!;
    const cellSlot = slotIn(put(slot!, create('tr')));
    columns!.forEach((column, index) => {
      references.write(put(cellSlot, create(tag, { class: column })), cells[index] ?? '', previewing);
    });
    trim(cellSlot);
  }

  /** Takes a line of text: a row, more of the open paragraph, or a new one. */
  function addText(): void {
    if (leaf?.columns && matched()) return row('td', cellsOf(rest));
    const line = rest.trimStart();
    // People and models forget the blank line before a table.
    if (leaf?.tag === 'p' && line[0] !== '|') return append(`\n${line}`);
    enter();
    leaf = { tag: 'p', text: '' };
    append(line);
  }

  /** Adds to the open leaf, and settles what it has once that is much. */
  function append(text: string): void {
    const code = leaf!.tag === 'code';
    blank = false;
    leaf!.text += text;
    if (leaf!.text.length < (code ? CODE_PIECE : TEXT_PIECE)) return;
    show();
    if (code) leaf!.text = '';
    else leaf = { tag: 'p', text: '' };
  }

  /** Puts the open leaf's text into the DOM. */
  function show(): void {
    if (!leaf || leaf.columns) return;
    if (leaf.tag === 'code') {
      // The blank lines at the end of indented code are not its own.
      const code = leaf.end ? leaf.text : leaf.text.replace(/\n*$/, '\n');
      if (leaf.text) fill(leaf.slot!, create('p', {}, [code]));
      return;
    }
    if (leaf.tag === 'p') {
      leaf.text = references.take(leaf.text, previewing);
      if (!leaf.text) return;
      // A line like this is a table's first in all likelihood.
      if (previewing && /^\|[^\n]+$/.test(leaf.text)) {
        const cells = cellsOf(leaf.text);
        const columns = cells.map(() => '');
        return startTable(cells, columns);
      }
    }
    references.write(place(leaf.tag), leaf.text.trim(), previewing);
  }

  function closeLeaf(): void {
    show();
    if (leaf?.slot) trim(leaf.slot);
    leaf = undefined;
  }

  /** Closes the open leaf and all containers but the outer `count`. */
  function close(count: number): void {
    closeLeaf();
    while (open.length > count) trimAll(open.pop()!);
  }

  function place(tag: string, attributes?: Record<string, string>): HTMLElement {
    return put(top(), create(tag, { dir: open.length === 1 ? 'auto' : '', ...attributes }));
  }

  function end(): void {
    close(1);
    preview('');
  }

  return { line, preview, end };
}
