import type { StreamParser } from '@codemirror/streamparser';

/** Reads one language, token by token, with what is open kept in a state. */
export type Grammar = StreamParser<unknown>;
export type LoadGrammar = () => Promise<Grammar>;

const javascript = () => import('@codemirror/legacy-modes/mode/javascript');
const css = () => import('@codemirror/legacy-modes/mode/css');
const sql = () => import('@codemirror/legacy-modes/mode/sql');
const clike = () => import('@codemirror/legacy-modes/mode/clike');
const xml = () => import('@codemirror/legacy-modes/mode/xml');

/**
 * The words after a fence, and the grammar for them; each import is a chunk of its own. CodeMirror's grammar for
 * TOML is not among them: there are lines that it never finishes.
 */
const languages: readonly (readonly [names: string, load: LoadGrammar])[] = [
  ['js jsx mjs cjs javascript', async () => (await javascript()).javascript],
  ['ts tsx mts cts typescript', async () => (await javascript()).typescript],
  ['json json5 jsonc jsonl', async () => (await javascript()).json],
  ['py python python3', async () => (await import('@codemirror/legacy-modes/mode/python')).python],
  [
    'sh bash zsh shell console shellscript',
    async () => (await import('@codemirror/legacy-modes/mode/shell')).shell,
  ],
  ['html xhtml vue svelte', async () => (await import('./highlight-html.js')).html],
  ['xml svg rss xsl', async () => (await xml()).xml],
  ['css', async () => (await css()).css],
  ['scss', async () => (await css()).sCSS],
  ['less', async () => (await css()).less],
  ['sql sqlite', async () => (await sql()).standardSQL],
  ['mysql mariadb', async () => (await sql()).mySQL],
  ['postgres postgresql pgsql plpgsql', async () => (await sql()).pgSQL],
  ['yaml yml', async () => (await import('@codemirror/legacy-modes/mode/yaml')).yaml],
  [
    'ini properties env toml',
    async () => (await import('@codemirror/legacy-modes/mode/properties')).properties,
  ],
  ['go golang', async () => (await import('@codemirror/legacy-modes/mode/go')).go],
  ['rust rs', async () => (await import('@codemirror/legacy-modes/mode/rust')).rust],
  ['java', async () => (await clike()).java],
  ['c h', async () => (await clike()).c],
  ['cpp c++ cc hpp', async () => (await clike()).cpp],
  ['cs c# csharp', async () => (await clike()).csharp],
  ['kotlin kt', async () => (await clike()).kotlin],
  ['scala', async () => (await clike()).scala],
  ['dart', async () => (await clike()).dart],
  ['swift', async () => (await import('@codemirror/legacy-modes/mode/swift')).swift],
  ['rb ruby', async () => (await import('@codemirror/legacy-modes/mode/ruby')).ruby],
  ['lua', async () => (await import('@codemirror/legacy-modes/mode/lua')).lua],
  ['r', async () => (await import('@codemirror/legacy-modes/mode/r')).r],
  ['ps1 pwsh powershell', async () => (await import('@codemirror/legacy-modes/mode/powershell')).powerShell],
  ['docker dockerfile', async () => (await import('@codemirror/legacy-modes/mode/dockerfile')).dockerFile],
  ['diff patch', async () => (await import('@codemirror/legacy-modes/mode/diff')).diff],
  ['md markdown mdx', async () => (await import('./highlight-markdown.js')).markdown],
];

/** Loads the grammar for the word after a fence; undefined for a language that has none here. */
export function grammarFor(language: string): LoadGrammar | undefined {
  const name = language.toLowerCase();
  return name ? languages.find(([names]) => names.split(' ').includes(name))?.[1] : undefined;
}
