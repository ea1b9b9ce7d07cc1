import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { env, getuid, platform } from 'node:process';
import { pathToFileURL } from 'node:url';

/**
 * @typedef {'chromium' | 'firefox' | 'webkit'} Engine
 * @typedef {{ path: string, browser?: string }} Found
 */

/** @type {Engine[]} */
export const ENGINES = ['chromium', 'firefox', 'webkit'];

const LOOK_UP = {
  chromium: {
    variable: 'CHROME_PATH',
    // The headless shell first: it keeps several tabs running at full speed.
    commands: [
      'chromium-headless-shell',
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
    ],
    apps: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    packages: ['chromium-headless-shell'],
  },
  firefox: {
    variable: 'FIREFOX_PATH',
    commands: ['firefox-esr', 'firefox'],
    apps: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
    packages: ['firefox-esr'],
  },
  webkit: {
    variable: 'WEBKIT_DRIVER_PATH',
    commands: ['WebKitWebDriver'],
    apps: [],
    packages: ['webkit2gtk-driver', 'xvfb'],
  },
};

/** @param {string} command */
function onPath(command) {
  const folders = (env.PATH ?? '').split(delimiter).concat('/usr/bin');
  return folders.map((folder) => join(folder, command)).find((path) => existsSync(path));
}

function miniBrowser() {
  if (env.WEBKIT_BROWSER_PATH) return env.WEBKIT_BROWSER_PATH;
  for (const root of ['/usr/lib', '/usr/libexec']) {
    const folders = existsSync(root) ? readdirSync(root).map((name) => join(root, name)) : [];
    for (const folder of [root, ...folders]) {
      for (const version of ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0']) {
        const path = join(folder, version, 'MiniBrowser');
        if (existsSync(path)) return path;
      }
    }
  }
  return undefined;
}

/**
 * @param {Engine} engine
 * @returns {Found | undefined}
 */
export function findBrowser(engine) {
  const { variable, commands, apps } = LOOK_UP[engine];
  const named = env[variable];
  const path =
    named && existsSync(named)
      ? named
      : (commands.map(onPath).find(Boolean) ?? apps.find((app) => existsSync(app)));
  if (!path) return undefined;
  if (engine !== 'webkit') return { path };
  const browser = miniBrowser();
  if (!browser || !(env.DISPLAY || onPath('Xvfb'))) return undefined;
  return { path, browser };
}

/** The engines a run is about: all, or those named in BROWSERS. */
export function wantedEngines() {
  const named = (env.BROWSERS ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const unknown = named.filter((name) => !ENGINES.includes(/** @type {Engine} */ (name)));
  if (unknown.length > 0) throw new Error(`BROWSERS names no such engine: ${unknown.join(', ')}`);
  return named.length > 0 ? ENGINES.filter((engine) => named.includes(engine)) : ENGINES;
}

/** @param {string[]} packages */
function aptInstall(packages) {
  /** @param {string[]} args */
  const apt = (args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  // A machine whose lists are stale in one source can often still install from the others.
  apt(['update', '-qq']);
  return apt(['install', '-y', '-qq', '--no-install-recommends', ...packages]);
}

/**
 * Finds the wanted engines and installs what is missing where that is possible.
 * @returns {{ found: Engine[], missing: { engine: Engine, advice: string }[] }}
 */
export function ensureBrowsers() {
  const wanted = wantedEngines();
  let absent = wanted.filter((engine) => !findBrowser(engine));
  if (absent.length > 0 && platform === 'linux' && getuid?.() === 0 && onPath('apt-get')) {
    const packages = absent.flatMap((engine) => LOOK_UP[engine].packages);
    console.error(`Installing ${packages.join(' ')} …`);
    // One by one after a failure, so that one engine's trouble does not cost the others.
    if (!aptInstall(packages)) for (const engine of absent) aptInstall(LOOK_UP[engine].packages);
    absent = wanted.filter((engine) => !findBrowser(engine));
  }
  return {
    found: wanted.filter((engine) => !absent.includes(engine)),
    missing: absent.map((engine) => ({ engine, advice: advice(engine) })),
  };
}

/** @param {Engine} engine */
function advice(engine) {
  const { variable, packages } = LOOK_UP[engine];
  if (engine === 'webkit' && platform !== 'linux') return `${engine} runs on Linux only (WebKitGTK)`;
  const install = platform === 'linux' ? `install ${packages.join(' and ')} (Debian packages), or ` : '';
  return `${engine} was not found: ${install}set ${variable}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { found, missing } = ensureBrowsers();
  for (const engine of found) console.log(`${engine} ${findBrowser(engine)?.path}`);
  for (const { advice: line } of missing) console.log(line);
  process.exitCode = missing.length > 0 ? 1 : 0;
}
