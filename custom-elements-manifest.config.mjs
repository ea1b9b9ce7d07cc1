/**
 * What a reader of the manifest does not need: private members, Lit's own life cycle, and modules without an element.
 * @type {(declaration: any) => void}
 */
function strip(declaration) {
  const hidden = /^(#|_)|^(render|firstUpdated|updated|willUpdate|update|shouldUpdate|scheduleUpdate)$/;
  const inner =
    /^(connectedCallback|disconnectedCallback|attributeChangedCallback|adoptedCallback|createRenderRoot)$/;
  // An event that is dispatched under a variable's name is documented by its tag instead.
  declaration.events = declaration.events?.filter((/** @type {any} */ { name }) => name?.startsWith('chat-'));
  declaration.members = declaration.members?.filter(
    (/** @type {any} */ { name, privacy, static: isStatic }) =>
      !hidden.test(name) &&
      !inner.test(name) &&
      privacy !== 'private' &&
      privacy !== 'protected' &&
      !isStatic,
  );
}

const tidy = {
  name: 'tidy',
  /** @param {{ customElementsManifest: any }} context */
  packageLinkPhase({ customElementsManifest }) {
    const modules = customElementsManifest.modules.filter((/** @type {any} */ { declarations }) =>
      declarations?.some((/** @type {any} */ { customElement }) => customElement),
    );
    for (const module of modules) {
      module.declarations = module.declarations.filter((/** @type {any} */ { kind }) => kind === 'class');
      module.declarations.forEach(strip);
    }
    modules.sort((/** @type {any} */ a, /** @type {any} */ b) => (a.path < b.path ? -1 : 1));
    // Who reads the manifest has the package, which holds the built files and no sources.
    const built = JSON.stringify(modules).replaceAll(/"(\/?)src\/([^"]+)\.[jt]s"/g, '"$1dist/$2.js"');
    customElementsManifest.modules = JSON.parse(built);
  },
};

export default {
  globs: ['src/elements/**/*.ts', 'src/define.ts'],
  litelement: true,
  // Would write the place of every output into package.json.
  packagejson: false,
  plugins: [tidy],
};
