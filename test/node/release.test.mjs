import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { at } from '../../scripts/run.mjs';
import { writeReleaseFiles } from '../../scripts/release.mjs';
import { openChromium } from '../demo/browser.mjs';
import { openPage, startSite } from './pages.mjs';

/* What a release has beside its code: what it is made of, and what a page can hold it to. */
const browser = await openChromium();
const skip = browser ? false : 'no Chromium on this machine';

const FILES = ['chat-stream.js', 'chat-stream.single.js'];

let folder;
let bill;
let integrity;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chat-stream-release-'));
  writeReleaseFiles({ to: folder });
  const read = async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'));
  [bill, integrity] = [await read('sbom.cdx.json'), await read('integrity.json')];
});
after(() => rm(folder, { recursive: true }));

describe('the bill of materials', () => {
  const isBuiltIn = ({ properties }) => properties.some(({ name }) => name === 'chat-stream:built-in');
  const names = (components) => components.map(({ name }) => name);

  it('names the three packages that are installed with ours, and all they bring', async () => {
    const { name, version, dependencies } = JSON.parse(await readFile(at('package.json'), 'utf8'));
    assert.equal(bill.metadata.component.name, name);
    assert.equal(bill.metadata.component.version, version);
    const { dependsOn } = bill.dependencies.find(({ ref }) => ref === `${name}@${version}`);
    assert.deepEqual(
      dependsOn.sort(),
      Object.entries(dependencies)
        .map((entry) => entry.join('@'))
        .sort(),
    );
    assert.equal(dependsOn.length, 3);
    const installed = bill.components.filter((one) => !isBuiltIn(one));
    assert.deepEqual(names(installed).sort(), [
      ...['@lit-labs/ssr-dom-shim', '@lit/context', '@lit/reactive-element', 'eventsource-parser'],
      ...['lit', 'lit-element', 'lit-html'],
    ]);
  });

  it('names what is built into our files, and no tool', () => {
    const built = names(bill.components.filter(isBuiltIn));
    for (const name of ['temml', '@codemirror/legacy-modes', 'mermaid', 'dompurify', 'd3-shape'])
      assert.ok(built.includes(name), name);
    for (const name of ['vite', 'typescript', 'playwright-core', 'chai', 'react'])
      assert.ok(!names(bill.components).includes(name), name);
  });

  it('names each by its content and its license', () => {
    for (const component of bill.components) {
      const { name, version, hashes, licenses } = component;
      assert.ok(version && hashes?.length, name);
      // One of those that Mermaid needs says its license in a file alone.
      assert.ok(licenses?.length || isBuiltIn(component), `${name} has a license`);
    }
    const refs = new Set(bill.components.map((one) => one['bom-ref']));
    for (const { ref, dependsOn } of bill.dependencies)
      for (const needed of dependsOn) assert.ok(refs.has(needed), `${ref} needs ${needed}`);
  });

  it('is the same for the same tree', () => {
    assert.deepEqual(writeReleaseFiles({ to: folder }).bill, bill);
  });
});

describe('the integrity of the files', { skip }, () => {
  let site;

  before(async () => {
    site = await startSite();
  });
  after(async () => {
    await browser?.close();
    site.close();
  });

  const served = async (file) => Buffer.from(await (await fetch(`${site.url}/dist/${file}`)).arrayBuffer());
  const start = () => Object.keys(integrity).find((file) => file.startsWith('script/start-'));

  /** A page whose script tag holds its file to the hash; `chunks`: the files of script/ to theirs as well. */
  function pageWith(file, { chunks = false } = {}) {
    const hashes = Object.entries(integrity).map(([name, hash]) => [`/dist/${name}`, hash]);
    const map = JSON.stringify({ integrity: Object.fromEntries(hashes) });
    return `<!doctype html><html lang="en"><head><title>A page</title>
${chunks ? `<script type="importmap">${map}</script>` : ''}
<script type="module" src="/dist/${file}" integrity="${integrity[file]}"></script></head>
<body><chat-stream endpoint="/chat"></chat-stream></body></html>`;
  }

  async function open(t, html, changed) {
    site.files['/page.html'] = html;
    if (changed) {
      const path = `/dist/${changed}`;
      site.files[path] = Buffer.concat([await served(changed), Buffer.from(' ')]);
      t.after(() => delete site.files[path]);
    }
    // An import map is written into its page.
    const policy = html.includes('importmap') ? '?policy=none' : '';
    return openPage(t, { browser, site, path: `/page.html${policy}` });
  }

  const starts = (page) => page.waitForFunction(() => customElements.get('chat-stream-messages'));

  /** The browser says why it does not run the file, and nothing of us is there. */
  async function isRefused(page, faults) {
    const told = () => faults.find((fault) => /integrity/.test(fault));
    if (!told()) await page.waitForEvent('console', { predicate: () => told() !== undefined });
    assert.equal(await page.evaluate(() => customElements.get('chat-stream')), undefined);
  }

  it('is that of the bytes that are served', async () => {
    for (const [file, hash] of Object.entries(integrity)) {
      const digest = createHash('sha384')
        .update(await served(file))
        .digest('base64');
      assert.equal(hash, `sha384-${digest}`, file);
    }
    for (const file of [...FILES, start()]) assert.ok(integrity[file], file);
  });

  for (const file of FILES) {
    it(`${file} starts as it is`, async (t) => {
      const { page, faults } = await open(t, pageWith(file));
      await starts(page);
      assert.deepEqual(faults, []);
    });

    it(`${file} does not start with a byte more`, async (t) => {
      const { page, faults } = await open(t, pageWith(file), file);
      await isRefused(page, faults);
    });
  }

  it('of what chat-stream.js fetches is a matter of the import map', async (t) => {
    await starts((await open(t, pageWith('chat-stream.js', { chunks: true }))).page);
    await starts((await open(t, pageWith('chat-stream.js'), start())).page);
    const { page, faults } = await open(t, pageWith('chat-stream.js', { chunks: true }), start());
    await isRefused(page, faults);
  });
});
