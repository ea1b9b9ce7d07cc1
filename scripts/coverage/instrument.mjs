import { parseAst } from 'vite';

/**
 * Counts are written into the TypeScript itself. What an engine counts by itself knows no `else` that is not written and no
 * `??` whose right side always ran, and must be mapped back from what esbuild made of the source.
 *
 * @typedef {{ type: string, start: number, end: number, [field: string]: unknown }} Node
 * @typedef {{ line: number, at: number }} Statement at: its count
 * @typedef {{ line: number, text: string, ways: readonly string[], at: number }} Branch at: the count of its first way
 * @typedef {{ code: string, statements: Statement[], branches: Branch[] }} Instrumented
 */

const TEST = /** @type {const} */ (['true', 'false']);
const GIVEN = /** @type {const} */ (['there', 'absent']);

/** @param {unknown} value @returns {value is Node} */
const isNode = (value) => typeof value === 'object' && value !== null && 'type' in value && 'start' in value;

/** @param {Node} node @param {string} name */
const child = (node, name) => /** @type {Node} */ (node[name]);

/** @param {Node} node @param {string} name */
const children = (node, name) => /** @type {Node[]} */ (node[name]);

/** Where an expression stands that is asked for a part of it: without what only types need. @param {Node} node @returns {Node} */
const bare = (node) => (node.type === 'TSNonNullExpression' ? bare(child(node, 'expression')) : node);

class Instrumenter {
  /** @type {Statement[]} */
  statements = [];
  /** @type {Branch[]} */
  branches = [];
  size = 0;
  #source;
  /** @type {{ at: number, text: string }[]} */
  #opens = [];
  /** @type {{ at: number, text: string }[]} */
  #closes = [];

  /** @param {string} source */
  constructor(source) {
    this.#source = source;
  }

  /** The source with everything written in; lines keep their numbers. */
  get code() {
    // At one place what was opened last is closed first, before anything else opens.
    const edits = [...this.#closes.toReversed(), ...this.#opens].sort((a, b) => a.at - b.at);
    let code = '';
    let from = 0;
    for (const { at, text } of edits) {
      code += this.#source.slice(from, at) + text;
      from = at;
    }
    return code + this.#source.slice(from);
  }

  /** @param {unknown} node */
  visit(node) {
    if (Array.isArray(node)) return node.forEach((one) => this.visit(one));
    if (!isNode(node) || (node.type === 'TSModuleDeclaration' && node.declare)) return;
    this.#mark(node);
    for (const value of Object.values(node)) if (typeof value === 'object') this.visit(value);
  }

  /** @param {Node} node */
  #mark(node) {
    switch (node.type) {
      case 'Program':
      case 'BlockStatement':
      case 'StaticBlock':
        return children(node, 'body').forEach((one) => this.#statement(one));
      case 'SwitchCase':
        return this.#case(node);
      case 'IfStatement':
        this.#body(child(node, 'consequent'));
        this.#body(child(node, 'alternate'));
        return this.#ask('$test', node, child(node, 'test'), TEST);
      case 'ConditionalExpression':
        return this.#ask('$test', node, child(node, 'test'), TEST);
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        return this.#body(child(node, 'body'));
      case 'LogicalExpression':
        if (node.operator === '??') return this.#ask('$given', node, child(node, 'left'), GIVEN);
        return this.#ask('$test', child(node, 'left'), child(node, 'left'), TEST);
      case 'AssignmentPattern':
        return this.#way(node, 'left out');
      case 'AssignmentExpression':
        if (/^(\?\?|\|\||&&)=$/.test(String(node.operator))) this.#way(node, 'assigned');
        return;
      case 'ArrowFunctionExpression':
        if (child(node, 'body').type !== 'BlockStatement') this.#value(child(node, 'body'));
        return;
      case 'PropertyDefinition':
        if (node.value) this.#value(child(node, 'value'));
        return;
      case 'MemberExpression':
        if (node.optional) this.#ask('$given', child(node, 'object'), child(node, 'object'), GIVEN);
        return;
      case 'CallExpression':
        if (node.optional) this.#call(node);
    }
  }

  /** A statement in a list of them. @param {Node} node */
  #statement(node) {
    const declared = /^Export(Named|Default)Declaration$/.test(node.type) ? node.declaration : node;
    const { type, declare } = isNode(declared) ? declared : node;
    if (declare || /^(Import|Export|Function|Class|TS|Empty|Block)/.test(type)) return;
    this.#opens.push({ at: node.start, text: `${this.#counted(node)};` });
  }

  /** A statement that may stand without braces. @param {Node | null} node */
  #body(node) {
    if (!node || node.type === 'BlockStatement') return;
    this.#wrap(node, `{${this.#counted(node)};`, '}');
  }

  /** An expression that is run like a statement. @param {Node} node */
  #value(node) {
    this.#wrap(node, `(${this.#counted(node)},(`, '))');
  }

  /** @param {Node} node */
  #counted(node) {
    this.statements.push({ line: this.#lineOf(node), at: this.size });
    return `$counts[${this.size++}]++`;
  }

  /** @param {Node} node @param {readonly string[]} ways */
  #branch(node, ways) {
    const at = this.size;
    const text = this.#source.slice(node.start, node.end).replace(/\s+/g, ' ');
    this.branches.push({ line: this.#lineOf(node), text, ways, at });
    this.size += ways.length;
    return at;
  }

  /** @param {string} how @param {Node} node @param {Node} value @param {readonly string[]} ways */
  #ask(how, node, value, ways) {
    const shown = node.type === 'IfStatement' || node.type === 'ConditionalExpression' ? value : node;
    this.#wrap(value, `${how}(${this.#branch(shown, ways)},(`, '))');
  }

  /** The right side of a default or of an assignment that need not happen. @param {Node} node @param {string} way */
  #way(node, way) {
    this.#wrap(child(node, 'right'), `($counts[${this.#branch(node, [way])}]++,(`, '))');
  }

  /** @param {Node} node */
  #case(node) {
    const body = children(node, 'consequent');
    const label = { ...node, end: node.test ? child(node, 'test').end : node.start + 'default'.length };
    this.#opens.push({
      at: body[0]?.start ?? node.end,
      text: `$counts[${this.#branch(label, ['taken'])}]++;`,
    });
    body.forEach((one) => this.#statement(one));
  }

  /** `a?.()`, and `a.b?.()`, which must keep what it is called on: counted as not called until it is. @param {Node} node */
  #call(node) {
    const callee = bare(child(node, 'callee'));
    if (callee.type !== 'MemberExpression') return this.#ask('$given', callee, callee, GIVEN);
    const at = this.#branch(callee, GIVEN);
    this.#wrap(child(callee, 'object'), `$reached(${at},(`, '))');
    const inside = this.#source.slice(0, node.end - 1).trimEnd();
    const comma = /[(,]$/.test(inside) ? '' : ',';
    this.#closes.push({ at: node.end - 1, text: `${comma}...$called(${at})` });
  }

  /** @param {Node} node @param {string} before @param {string} after */
  #wrap({ start, end }, before, after) {
    this.#opens.push({ at: start, text: before });
    this.#closes.push({ at: end, text: after });
  }

  /** @param {Node} node */
  #lineOf = ({ start }) => this.#source.slice(0, start).split('\n').length;
}

/**
 * A TypeScript source that counts, in `globalThis.__coverage__[file]`, which statements ran and which ways were taken.
 * @param {string} file
 * @param {string} source
 * @returns {Instrumented}
 */
export function instrument(file, source) {
  const instrumenter = new Instrumenter(source);
  instrumenter.visit(parseAst(source, { lang: 'ts' }));
  const { size, statements, branches } = instrumenter;
  const helpers = [
    `const $counts = ((globalThis.__coverage__ ??= {})[${JSON.stringify(file)}] ??= Array(${size}).fill(0));`,
    'const $test = (at, value) => ($counts[value ? at : at + 1]++, value);',
    'const $given = (at, value) => ($counts[value == null ? at + 1 : at]++, value);',
    'const $reached = (at, value) => ($counts[at + 1]++, value);',
    'const $called = (at) => ($counts[at]++, $counts[at + 1]--, []);',
  ];
  return { code: helpers.join('') + instrumenter.code, statements, branches };
}
