import { math } from '../../src/renderers/math.js';
import { axe, expect, slowness, until } from '../support/index.js';
import { below, mathBlock } from './helpers.js';

const tex = String.raw;

async function drawn(source: string, display = true): Promise<HTMLElement> {
  const block = await mathBlock(source, display);
  math(block);
  return block.element;
}

const names = (element: Element): string[] => below(element).map(({ localName }) => localName);

describe('math', () => {
  it('a formula becomes MathML, which is drawn two-dimensionally', async () => {
    const element = await drawn(tex`\frac{a}{b}`);
    const [above, under] = [...element.querySelectorAll('mi')].map((node) => node.getBoundingClientRect());
    expect(element.textContent).to.equal('ab');
    expect(under!.top).to.be.greaterThan(above!.top + 4);
    expect(element.querySelector('math')!.namespaceURI).to.equal('http://www.w3.org/1998/Math/MathML');
  });

  it('stands on its own line where it is a display, and within the line otherwise', async () => {
    const display = await drawn(tex`\sum_{i=1}^n i`);
    expect(display.querySelector('math')!.getAttribute('display')).to.equal('block');
    const inline = await drawn(tex`x^2`, false);
    expect(inline.querySelector('math')!.hasAttribute('display')).to.equal(false);
    expect(inline.getBoundingClientRect().height).to.be.lessThan(40);
  });

  for (const source of [
    tex`\int_0^1 x\,dx = \tfrac12`,
    tex`\begin{pmatrix}1&2\\3&4\end{pmatrix}`,
    tex`\begin{aligned}a&=b\\c&=d\end{aligned}`,
    tex`f(x)=\begin{cases}1&x>0\\0&\text{otherwise}\end{cases}`,
    tex`\left[\begin{array}{c|c}a&b\\\hline c&d\end{array}\right]`,
    tex`\ce{2H2 + O2 -> 2H2O}`,
    tex`\boxed{E=mc^2}\;\cancel{x}\;\hat{x}\;\vec{v}\;\overline{AB}`,
    tex`\mathbb{R}\;\mathcal{L}\;\pmb{x}\;\color{red}y\;\colorbox{yellow}{z}`,
    tex`\kern-1em x\!y\raisebox{2pt}{z}\prescript{a}{b}{c}`,
  ]) {
    it(`a strict policy has nothing against ${source}`, async () => {
      const element = await drawn(source);
      expect(element.classList.contains('failed')).to.equal(false);
      expect(element.querySelectorAll('math')).to.have.lengthOf(1);
    });
  }

  it('a colour is one of MathML', async () => {
    const element = await drawn(tex`\textcolor{#c00000}{x}`);
    expect(getComputedStyle(element.querySelector('mi')!).color).to.equal('rgb(192, 0, 0)');
  });

  it('the lines of a table of formulas are seen', async () => {
    const element = await drawn(tex`\begin{array}{c|c}a&b\\\hline c&d\end{array}`);
    const cells = [...element.querySelectorAll('mtd')].map((cell) => getComputedStyle(cell));
    expect(cells.map((cell) => cell.borderRightStyle)).to.include('solid');
    expect(cells.map((cell) => cell.borderTopStyle + cell.borderBottomStyle).join()).to.include('solid');
  });

  it('what is wider than the line scrolls', async () => {
    const element = await drawn(Array.from({ length: 60 }, (_, index) => `a_{${index}}`).join('+'));
    expect(element.scrollWidth).to.be.greaterThan(element.clientWidth);
    expect(getComputedStyle(element).overflowX).to.equal('auto');
    expect(element.clientWidth).to.be.at.most(document.documentElement.clientWidth);
  });

  it('no part of a long formula within a line is out of reach', async () => {
    const element = await drawn(Array.from({ length: 60 }, (_, index) => `a_{${index}}`).join('+'), false);
    const paragraph = element.closest('p')!;
    const last = [...element.querySelectorAll('mn')].at(-1)!;
    element.scrollLeft = 10_000;
    await until(() => last.getBoundingClientRect().right <= paragraph.getBoundingClientRect().right + 1);
  });

  it('is clean for axe, and text for those who have no eyes for it', async () => {
    const element = await drawn(tex`x=\sqrt{2}`);
    await axe(element);
    expect(element.textContent).to.equal('x=2');
  });
});

describe('math that is none', () => {
  for (const [what, source] of Object.entries({
    'half a formula': tex`\frac{1`,
    'an unknown command': tex`\nosuchthing{x}`,
    'an image': tex`\includegraphics{https://example.com/a.png}`,
    'a class': tex`\class{secret}{x}`,
    'an id': tex`\id{secret}{x}`,
    'a style': tex`\style{position:fixed}{x}`,
    'data attributes': tex`\data{secret=1}{x}`,
    'a link': tex`\href{javascript:alert(1)}{x}`,
    'an address': tex`\url{https://example.com}`,
    'a macro without end': tex`\def\a{\a\a}\a`,
    'macros of macros': tex`\def\a{xxxxxxxxxx}\def\b{\a\a\a\a\a\a\a\a\a\a}\def\c{\b\b\b\b\b\b\b\b\b\b}\c\c\c`,
    'ten thousand braces': `${'{'.repeat(10_000)}x${'}'.repeat(10_000)}`,
    'a thousand fractions': tex`\frac{1}{`.repeat(1000) + 'x' + '}'.repeat(1000),
    'two hundred roots': tex`\sqrt{`.repeat(200) + 'x' + '}'.repeat(200),
    'ten thousand terms': 'x+'.repeat(10_000),
    'a thousand columns and rows': tex`\begin{matrix}${'&'.repeat(70)}${tex`\\`.repeat(3000)}\end{matrix}`,
  })) {
    it(`${what} stays text`, async () => {
      const began = performance.now();
      const element = await drawn(source);
      expect(performance.now() - began).to.be.lessThan(1000 * slowness());
      expect(element.textContent).to.equal(source);
      expect(below(element)).to.have.lengthOf(0);
      expect(element.className).to.equal('math failed');
    });
  }

  it('a reference leads nowhere', async () => {
    const element = await drawn(tex`x = \ref{y} \label{z}`);
    expect(names(element)).to.not.include('a');
    expect(below(element).filter((node) => node.hasAttribute('href') || node.id)).to.have.lengthOf(0);
  });

  it('has no attribute but those of a fixed list', async () => {
    const everything = tex`\tag{1} \ce{H2O} \raisebox{2pt}{x}\kern-3em y \rlap{z} \pmb{a} \cancelto{0}{x} \boxed{b} \colorbox{red}{c} \label{d}`;
    const element = await drawn(everything);
    const attributes = new Set(below(element).flatMap((node) => node.getAttributeNames()));
    for (const name of attributes)
      expect(name).to.match(
        /^(class|style|display|displaystyle|scriptlevel|math\w+|width|height|depth|[lr]space|voffset|form|fence|stretchy|symmetric|minsize|maxsize|movablelimits|accent|notation|column\w+|row\w+|linethickness|separator|largeop)$/,
      );
    expect(
      element.querySelectorAll('[style*="position"], [style*="url"], [style*="transform"]'),
    ).to.have.lengthOf(0);
  });

  it('a macro of one formula is unknown to the next', async () => {
    await drawn(tex`\gdef\mine{x}\mine`);
    expect((await drawn(tex`\mine`)).classList.contains('failed')).to.equal(true);
  });
});
