import temml from 'temml';
import type { BlockRenderer } from '../markdown/index.js';
import { mathStyles } from './math.styles.js';
import { adopt } from './styles.js';

/** Longer TeX stays text, in characters; people write formulas of a few hundred. */
const MOST_TEX = 10_000;
/** Longer TeX within a line may have to break, or where no engine breaks it, to scroll. */
const LONG_TEX = 30;
/** What a formula may become at most; layout of nested fractions costs more than its depth. */
const MOST_NODES = 5000;
const MOST_DEPTH = 60;

const MATHML = 'http://www.w3.org/1998/Math/MathML';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const ELEMENTS = words(
  'math mrow mi mn mo ms mtext mspace mstyle merror mpadded mphantom mfrac msqrt mroot msub msup msubsup munder mover ' +
    'munderover mmultiscripts mprescripts none menclose mtable mtr mlabeledtr mtd',
);
const ATTRIBUTES = words(
  'accent accentunder align columnalign columnlines columnspacing depth display displaystyle fence form height ' +
    'largeop linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits notation ' +
    'rowlines rowspacing rspace scriptlevel separator stretchy symmetric voffset width',
);
const STYLES = words(
  'border borderBottom borderLeft borderRight borderTop fontWeight height marginLeft mathDepth padding paddingBottom ' +
    'paddingLeft paddingRight paddingTop textAlign width',
);
/** The classes that math.styles.ts knows. */
const CLASSES = words(
  'tml-left tml-right tml-jot tml-small tml-sml-pad tml-med-pad tml-lrg-pad tml-vec tml-hat-1 tml-hat-2 tml-hat-3 ' +
    'tml-hat-4 tml-tilde-2 tml-tilde-3 tml-tilde-4 chr-sml chr-sml-vec chr-med chr-med-vec chr-lrg chr-lrg-vec wbk-acc ' +
    'wbk-vec wbk-sml wbk-sml-acc wbk-sml-vec wbk-med wbk-med-acc wbk-med-vec wbk-lrg wbk-lrg-acc wbk-lrg-vec menclose ' +
    'tml-overline tml-underline tml-fbox tml-cancel upstrike downstrike sout tml-xcancel',
);
/** Numbers, units, keywords and colours: nothing that could name an address or a function. */
const PLAIN = /^[-\w.#% ]+$/;

/** A node of Temml's tree: an element, a text, or what only groups. */
interface TeXNode {
  readonly type?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly style?: Readonly<Record<string, unknown>>;
  readonly classes?: readonly string[];
  readonly children?: readonly TeXNode[];
}

/** TeX as MathML, which browsers draw and screen readers read. What is no TeX, or too much of it, stays text. */
export const math: BlockRenderer = (block) => {
  const tex = block.text();
  try {
    block.element.replaceChildren(build(parse(tex, block.display)));
    adopt(block.element, mathStyles);
    block.element.classList.add('drawn');
    block.element.classList.toggle('long', tex.length > LONG_TEX);
  } catch {
    block.element.classList.add('failed');
  }
};

function parse(tex: string, displayMode: boolean): TeXNode {
  if (tex.length > MOST_TEX) throw new RangeError('The TeX is too long');
  const tree = temml.__renderToMathMLTree(tex, {
    displayMode,
    throwOnError: true,
    trust: false,
    // At most in em and in points.
    maxSize: [20, 200],
    maxExpand: 200,
    wrap: tex.length > LONG_TEX ? 'tex' : 'none',
  }) as TeXNode;
  if (tree.type !== 'math') throw new TypeError('Not a formula');
  return tree;
}

/** Builds the tree out of the fixed lists alone, whatever the library made; throws when it is too large. */
function build(root: TeXNode): Node {
  let nodes = 0;
  const visit = (node: TeXNode, depth: number): Node => {
    if (++nodes > MOST_NODES || depth > MOST_DEPTH) throw new RangeError('The formula is too large');
    if (node.text !== undefined) return document.createTextNode(node.text);
    const built = create(node);
    for (const child of node.children ?? []) built.appendChild(visit(child, depth + 1));
    return built;
  };
  return visit(root, 0);
}

/** A prime stands high by itself: as a superscript it stands too high in all engines but Firefox. */
const isPrimed = ({ type, children }: TeXNode): boolean =>
  type === 'msup' && children?.[1]?.classes?.includes('tml-prime') === true;

/** Groups, and elements that are on no list such as links, leave what they hold. */
function create(node: TeXNode): Node {
  const { attributes = {}, style = {}, classes = [] } = node;
  const type = isPrimed(node) ? 'mrow' : (node.type ?? '');
  if (!ELEMENTS.has(type)) return document.createDocumentFragment();
  const element = document.createElementNS(MATHML, type);
  for (const [name, value] of Object.entries(attributes)) {
    if (ATTRIBUTES.has(name) && PLAIN.test(String(value))) element.setAttribute(name, String(value));
    // The library spells one style as an attribute, which a strict policy would refuse.
    else if (name === 'style' && value === 'font-weight:bold') element.style.fontWeight = 'bold';
  }
  for (const [name, value] of Object.entries(style)) setStyle(element, name, String(value));
  const known = classes.filter((name) => CLASSES.has(name));
  if (known.length > 0) element.setAttribute('class', known.join(' '));
  return element;
}

function setStyle(element: MathMLElement, name: string, value: string): void {
  if (!PLAIN.test(value)) return;
  if (name === 'color') element.setAttribute('mathcolor', value);
  else if (STYLES.has(name)) Object.assign(element.style, { [name]: value });
}
