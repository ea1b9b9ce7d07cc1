import 'axe-core';
import type { AxeResults, NodeResult, RunOptions } from 'axe-core';

// The module works as a plain script: it leaves its interface on the window.
const { axe: engine } = window as unknown as {
  axe: { run(context: Element, options: RunOptions): Promise<AxeResults> };
};

// Rules about whole pages, of which a fixture is none.
const PAGE_RULES = [
  ...['region', 'landmark-one-main', 'landmark-no-duplicate-main', 'page-has-heading-one', 'bypass'],
  ...['document-title', 'html-has-lang', 'html-lang-valid', 'heading-order'],
];

const place = ({ target }: NodeResult): string => target.flat().join(' » ');

/** Fails with a readable list of what axe-core finds wrong in the element, shadow trees included. */
export async function axe(element: Element, { without = [] }: { without?: string[] } = {}): Promise<void> {
  const off = [...PAGE_RULES, ...without].map((id) => [id, { enabled: false }] as const);
  const { violations } = await engine.run(element, {
    rules: Object.fromEntries(off),
    resultTypes: ['violations'],
    // Would fetch style sheets.
    preload: false,
  });
  if (violations.length === 0) return;
  const lines = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      (node) => `${id} (${help})\n    ${place(node)}\n    ${node.failureSummary?.replaceAll('\n', '\n    ')}`,
    ),
  );
  throw new Error(`axe found ${lines.length}:\n  ${lines.join('\n  ')}`);
}
