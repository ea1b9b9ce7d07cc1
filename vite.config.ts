import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { minifyHTMLLiterals } from 'minify-literals';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

const path = (file: string): string => join(import.meta.dirname, file);

/** The files of a folder that pass, by their names without ending. */
function sourcesIn(folder: string, passes: (source: string) => boolean = () => true): string[] {
  if (!existsSync(path(folder))) return [];
  const files = readdirSync(path(folder)).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  return files
    .filter((file) => passes(readFileSync(path(join(folder, file)), 'utf8')))
    .map((file) => basename(file, '.ts'));
}

/** The doors for bundlers. Beside the protocols themselves their folder holds what they share: no doors. */
function doors(): Record<string, string> {
  const protocols = sourcesIn('src/protocols', (source) => /^export const \w+: Protocol\b/m.test(source));
  const names = ['index', 'define', 'headless', 'react', 'testing', 'server/index'];
  const all = [...names, ...protocols.map((name) => `protocols/${name}`)];
  const entries = all.map((name) => [name, path(`src/${name}.ts`)] as const);
  return Object.fromEntries(entries.filter(([, file]) => existsSync(file)));
}

/** HTML and CSS in template literals lose their white space and comments. */
const minifyLiterals: Plugin = {
  name: 'minify-literals',
  enforce: 'pre',
  transform: {
    filter: { id: /\/src\/.*\.ts$/, code: /\b(html|css|svg)`/ },
    handler: async (code, id) => minifyHTMLLiterals(code, { fileName: id }),
  },
};

/**
 * The bundled Lit creates its Trusted Types policy under our name: a page that allows `lit-html` once may use that name
 * for a Lit of its own.
 */
function ownPolicyName(): Plugin {
  let renamed = 0;
  return {
    name: 'own-policy-name',
    enforce: 'pre',
    buildStart: () => void (renamed = 0),
    transform: {
      filter: { id: /\/lit-html\/lit-html\.js$/ },
      handler(code) {
        const parts = code.split(/createPolicy\((["'])lit-html\1/);
        renamed += (parts.length - 1) / 2;
        return {
          code: code.replace(/createPolicy\((["'])lit-html\1/, 'createPolicy("chat-stream"'),
          map: null,
        };
      },
    },
    generateBundle() {
      if (renamed !== 1) throw new Error(`Lit's policy name was found ${renamed} times instead of once`);
    },
  };
}

/** package.json names the built doors as what has side effects; here they are still sources. */
const doorsRegister: Plugin = {
  name: 'doors-register',
  transform: {
    filter: { id: /\/src\/[^/]+\.ts$/ },
    handler: (code) => ({ code, map: null, moduleSideEffects: true }),
  },
};

/** Our own builds leave the frame's page where it lies; an app's bundler is to bring it along. */
const pageForBundlers: Plugin = {
  name: 'page-for-bundlers',
  renderChunk: (code) => ({ code: code.replace(/\/\* @vite-ignore \*\/\s*/, ''), map: null }),
};

const library = (): UserConfig => ({
  plugins: [doorsRegister, pageForBundlers],
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    minify: false,
    target: 'es2022',
    lib: { entry: doors(), formats: ['es'] },
    rolldownOptions: {
      external: [/^lit($|\/)/, /^@lit\//, /^eventsource-parser/, /^react($|\/)/, /^node:/],
      // One file for each module: what registers stays in the door that says so, which "sideEffects" relies on.
      output: {
        // What others wrote and a chunk of ours holds; npm publishes no folder named node_modules.
        entryFileNames: ({ name }) => `${name.replace(/^.*node_modules\//, 'vendor/')}.js`,
        preserveModules: true,
        preserveModulesRoot: path('src'),
      },
    },
  },
});

/** The frame's page lies beside the one file, and a folder above the chunks. */
const besideOneFile: Plugin = {
  name: 'beside-one-file',
  enforce: 'pre',
  transform: {
    filter: { id: /\/renderers\/mermaid\.ts$/ },
    handler: (code) => ({ code: code.replace("'../diagram.html'", "'./diagram.html'"), map: null }),
  },
};

interface Modules {
  getModuleInfo(id: string): { importedIds?: readonly string[] } | null;
}

/** What the start needs is one file, which compresses best; so is the writer, whose size is held with it. */
function chunkOf(id: string, modules: Modules): string | null {
  const start = new Set([path('src/define.ts')]);
  for (const needed of start)
    for (const next of modules.getModuleInfo(needed)?.importedIds ?? []) start.add(next);
  if (start.has(id)) return 'start';
  return id.includes('/src/markdown/') ? 'markdown' : null;
}

const scriptTag = (codeSplitting: boolean): UserConfig => ({
  plugins: [doorsRegister, minifyLiterals, ownPolicyName(), ...(codeSplitting ? [] : [besideOneFile])],
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    license: { fileName: 'licenses.md' },
    lib: { entry: path('src/chat-stream.ts'), formats: ['es'] },
    rolldownOptions: {
      output: {
        entryFileNames: codeSplitting ? 'chat-stream.js' : 'chat-stream.single.js',
        // Seven letters tell builds apart; each more is one that does not compress, where another chunk is named.
        chunkFileNames: 'script/[name]-[hash:7].js',
        codeSplitting: codeSplitting && { groups: [{ name: chunkOf, debugName: 'start' }] },
        minify: true,
        comments: { legal: false },
        // Once, where a page begins: in every chunk it would cost as much as a feature.
        postBanner: ({ isEntry }) => (isEntry ? '/*! chat-stream, MIT; parts by others: licenses.md */' : ''),
      },
    },
  },
});

const demoServer = (): UserConfig => ({
  build: {
    outDir: 'build',
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    ssr: path('demo/backend/server.ts'),
    rolldownOptions: { output: { entryFileNames: 'demo-server.js', codeSplitting: false } },
  },
});

const demoPage = (): UserConfig => ({
  plugins: [doorsRegister],
  build: {
    outDir: 'build/demo',
    emptyOutDir: true,
    target: 'es2022',
    minify: false,
    modulePreload: false,
    rolldownOptions: {
      input: Object.fromEntries(sourcesIn('demo/page').map((name) => [name, path(`demo/page/${name}.ts`)])),
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});

const MODES: Record<string, () => UserConfig> = {
  bundle: () => scriptTag(true),
  single: () => scriptTag(false),
  demo: demoServer,
  'demo-page': demoPage,
};

export default defineConfig(({ mode }) => ({
  logLevel: 'warn',
  publicDir: false,
  // What a file on a site must not hold: a library build leaves this to its user's bundler.
  define: mode === 'bundle' || mode === 'single' ? { 'process.env.NODE_ENV': '"production"' } : {},
  ...(MODES[mode] ?? library)(),
}));
