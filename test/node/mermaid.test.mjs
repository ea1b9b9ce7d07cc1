import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { build, createServer } from 'vite';

import { buildDiagram } from '../../scripts/build-diagram.mjs';
import { at } from '../../scripts/run.mjs';
import { openChromium } from '../demo/browser.mjs';
import { FLOW, LIAR, PAGE, SCRIPT, STYLE } from './diagram-page.mjs';
import { builtRenderer, serve } from './pages.mjs';

/* The renderer and its frame as they are built, in pages with policies of their own. */
const browser = await openChromium();
const skip = browser ? false : 'no Chromium on this machine';

const STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'";

describe('diagrams', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-stream-diagram-'));
  /** Everything asked of our own server, and of another. */
  const asked = [];
  const leaked = [];
  let files;
  let own;
  let other;

  before(async () => {
    await buildDiagram(folder);
    files = {
      '/': [PAGE, 'text/html'],
      '/closed': [PAGE, 'text/html'],
      '/page.css': [STYLE, 'text/css'],
      '/page.js': [SCRIPT, 'text/javascript'],
      '/mermaid.js': [await builtRenderer(), 'text/javascript'],
      '/diagram.html': [readFileSync(join(folder, 'diagram.html')), 'text/html'],
      '/liar.html': [LIAR, 'text/html'],
    };
    own = await serve((request, response) => {
      asked.push(request.url);
      const [body, type] = files[request.url] ?? [];
      if (type) response.setHeader('content-type', type);
      if (request.url === '/') response.setHeader('content-security-policy', `${STRICT}; frame-src 'self'`);
      if (request.url === '/closed') response.setHeader('content-security-policy', STRICT);
      response.statusCode = body || request.url === '/favicon.ico' ? 200 : 404;
      response.end(body ?? '');
    });
    other = await serve((request, response) => {
      leaked.push(request.url);
      response.end();
    });
  });

  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await browser?.close();
    own?.close();
    other?.close();
  });

  async function open(t, path = '/', options = {}) {
    const context = await browser.newContext({ viewport: { width: 800, height: 900 }, ...options });
    t.after(() => context.close());
    context.setDefaultTimeout(120_000);
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(new URL(path, own.url).href);
    await page.waitForFunction(() => 'fenced' in window);
    asked.length = 0;
    leaked.length = 0;
    return { page, errors, draw: (...args) => page.evaluate((all) => window.fenced(...all), args) };
  }

  it('shows a diagram in a frame that may do nothing but run its own script', async (t) => {
    const { page, errors, draw } = await open(t);
    await draw(FLOW);
    const frame = page.locator('iframe');
    await page.getByRole('button', { name: 'As text' }).waitFor();
    assert.equal(await frame.getAttribute('sandbox'), 'allow-scripts');
    assert.equal(await frame.getAttribute('title'), 'Diagram');
    const inside = frame.contentFrame();
    await inside.getByText('Question').waitFor();
    assert.equal(await page.locator('code').isVisible(), false);
    const drawn = await inside.locator('svg').boundingBox();
    const box = await frame.boundingBox();
    assert.ok(
      drawn.height > 20 && Math.abs(drawn.height - box.height) < 25,
      'the frame is as high as the diagram',
    );
    assert.equal(await inside.locator('body').evaluate(() => self.origin), 'null');
    assert.deepEqual(asked, ['/diagram.html']);
    assert.deepEqual(errors, []);
  });

  it("its page comes along with an app of somebody else's bundler", async () => {
    const { output } = await build({
      configFile: false,
      logLevel: 'error',
      build: { write: false, rolldownOptions: { input: at('dist/index.js') } },
    });
    const page = output.find(({ fileName }) => /^assets\/diagram-[^/]*\.html$/.test(fileName));
    assert.ok(page, 'the app has the page of the frame');
    assert.deepEqual(Buffer.from(page.source), readFileSync(at('dist/diagram.html')));
    const needs = output.filter(({ code }) => code?.includes(page.fileName));
    assert.equal(needs.length, 1, 'and one chunk names it');
  });

  it("is drawn where an app's development server writes into every page", async (t) => {
    const vite = await createServer({
      configFile: false,
      root: folder,
      logLevel: 'error',
      optimizeDeps: { noDiscovery: true },
      server: { middlewareMode: true, ws: false },
    });
    t.after(() => vite.close());
    const page = readFileSync(join(folder, 'diagram.html'), 'utf8');
    const changed = await vite.transformIndexHtml('/diagram.html', page);
    assert.notEqual(changed, page);
    files['/changed.html'] = [changed, 'text/html'];
    const { draw, page: opened } = await open(t);
    await draw(FLOW, '/changed.html');
    await opened.getByRole('button', { name: 'As text' }).waitFor();
    await opened.locator('iframe').contentFrame().getByText('Question').waitFor();
  });

  it('a button shows the code, and the diagram again', async (t) => {
    const { page, draw } = await open(t);
    await draw(FLOW);
    const button = page.getByRole('button', { name: 'As text' });
    await button.click();
    assert.equal(await button.getAttribute('aria-pressed'), 'true');
    assert.equal(await page.locator('code').innerText(), FLOW);
    assert.equal(await page.locator('iframe').isVisible(), false);
    await button.press('Enter');
    assert.equal(await button.getAttribute('aria-pressed'), 'false');
    await page.locator('iframe').contentFrame().getByText('Question').waitFor();
  });

  it('follows the width of the page', async (t) => {
    const { page, draw } = await open(t);
    const many = Array.from({ length: 5 }, (_, index) => `  Root --> Node${index}`);
    await draw(`flowchart TD\n${many.join('\n')}\n`);
    await page.getByRole('button', { name: 'As text' }).waitFor();
    const height = async () => (await page.locator('iframe').boundingBox()).height;
    const wide = await height();
    await page.setViewportSize({ width: 560, height: 900 });
    await page.waitForFunction(
      (wide) => document.querySelector('iframe').getBoundingClientRect().height < wide,
      wide,
    );
  });

  it('is drawn anew for the dark', async (t) => {
    const { page, draw } = await open(t, '/', { colorScheme: 'light' });
    await page.addStyleTag({ url: '/page.css' });
    await page.evaluate(() => (document.documentElement.style.colorScheme = 'light dark'));
    await draw(FLOW);
    const label = page.locator('iframe').contentFrame().getByText('Question');
    const colour = () => label.evaluate((node) => getComputedStyle(node).fill);
    const light = await colour();
    await page.emulateMedia({ colorScheme: 'dark' });
    for (let tries = 0; (await colour()) === light; tries++) assert.ok(tries < 200, `it is still ${light}`);
    assert.notEqual(await colour(), light);
  });

  it('hostile diagrams ask for nothing and lead nowhere', async (t) => {
    const { page, draw } = await open(t);
    const leak = `${other.url}/leak`;
    const hostile = [
      `flowchart LR\n  A["<img src='${leak}1'>"] --> B["<a href='${leak}2'>b</a>"]\n  click A href "${leak}3" _blank\n  click B call alert(1)`,
      `%%{init: {"securityLevel": "loose", "htmlLabels": true, "flowchart": {"htmlLabels": true}}}%%\nflowchart LR\n  A["<img src='${leak}4' onerror='fetch(\`${leak}5\`)'>"]`,
      `%%{init: {"themeCSS": "@import url(${leak}6); * { background: url(${leak}7) }", "fontFamily": "x; } @import '${leak}8'"}}%%\nflowchart LR\n  A --> B`,
      `%%{init: {"themeVariables": {"primaryColor": "red; } * { background-image: url(${leak}9) }"}}}%%\nflowchart LR\n  A --> B`,
      `flowchart LR\n  A --> B\n  style A fill:url(${leak}10),background:url(${leak}11)\n  classDef c fill:red,background-image:url(${leak}12)\n  class B c`,
      `---\nconfig:\n  securityLevel: loose\n  themeCSS: "@import url(${leak}13)"\n---\nsequenceDiagram\n  A->>B: <svg/onload=fetch('${leak}14')>\n  link A: Board @ ${leak}15`,
      `flowchart LR\n  A@{ img: "${leak}16", label: "x", h: 60 }\n  A --> B`,
      `classDiagram\n  class A["<iframe src='${leak}17'></iframe>"]\n  link A "${leak}18"\n  click A href "javascript:fetch('${leak}19')"`,
      `gantt\n  title <meta http-equiv=refresh content="0;url=${leak}20">\n  section <link rel=stylesheet href=${leak}21>\n  One :a, 2026-01-01, 3d\n  click a href "${leak}22"`,
      `mindmap\n  root["<script src='${leak}23'></script><style>@import '${leak}24'</style>"]\n    ::icon(fa fa-book)`,
    ];
    for (const source of hostile) await draw(source);
    // Each is drawn or given up, when it has come into view.
    for (let index = 0; index < hostile.length; index++) {
      await page.locator('pre').nth(index).scrollIntoViewIfNeeded();
      await page.locator('pre').nth(index).and(page.locator('[data-is=drawn], [data-is=code]')).waitFor();
    }
    const drawn = page.locator('pre:has(button) iframe');
    assert.ok((await drawn.count()) >= 5, `only ${await drawn.count()} of them were drawn`);
    for (const frame of await drawn.all()) {
      const inside = frame.contentFrame();
      assert.equal(
        await inside
          .locator(
            'script:not(body > script), image, img, iframe, link, meta[http-equiv=refresh], foreignObject',
          )
          .count(),
        0,
      );
      const links = await inside
        .locator('a')
        .evaluateAll((all) =>
          all.map((link) => link.getAttribute('href') ?? link.getAttribute('xlink:href')),
        );
      assert.deepEqual(links.filter(Boolean), []);
      for (const target of await inside.locator('.node, .actor, .task, .clickable').all())
        await target.click({ force: true, timeout: 500 }).catch(() => {});
    }
    assert.deepEqual(leaked, []);
    assert.deepEqual(new Set(asked), new Set(['/diagram.html']));
    assert.equal(page.context().pages().length, 1);
  });

  it('what is no diagram stays code, and the next one is drawn', async (t) => {
    const { page, errors, draw } = await open(t);
    await draw('flowchart LR\n  A -->');
    await page.locator('pre[data-is=code]').waitFor();
    assert.equal(await page.locator('code').isVisible(), true);
    assert.equal(await page.locator('button').count(), 0);
    await draw(FLOW);
    await page.getByRole('button', { name: 'As text' }).waitFor();
    assert.deepEqual(errors, []);
  });

  it('more than 20,000 characters stay code', async (t) => {
    const { page, draw } = await open(t);
    await draw(`flowchart LR\n  A --> B\n%% ${'x'.repeat(20_000)}`);
    await draw(FLOW);
    await page.getByRole('button', { name: 'As text' }).waitFor();
    assert.equal(await page.locator('iframe').count(), 1);
  });

  it('a page that forbids frames keeps the code, and is asked once', async (t) => {
    const { page, errors, draw } = await open(t, '/closed');
    await page.evaluate(() => {
      window.refused = [];
      document.addEventListener('securitypolicyviolation', (event) =>
        window.refused.push(event.effectiveDirective),
      );
    });
    await draw(FLOW);
    await page.waitForFunction(() => window.refused.length > 0 && !document.querySelector('iframe'));
    await draw(FLOW);
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))),
    );
    assert.deepEqual(await page.evaluate(() => window.refused), ['frame-src']);
    assert.equal(await page.locator('code').first().isVisible(), true);
    assert.deepEqual(
      errors.filter((text) => !text.includes('Content Security Policy')),
      [],
    );
    assert.deepEqual(asked, []);
  });

  it('where the page of the frame is absent, the code stays', async (t) => {
    const { page, draw } = await open(t);
    await draw(FLOW, '/nothing.html');
    await page.locator('pre[data-is=code]').waitFor();
    assert.equal(await page.locator('code').isVisible(), true);
    await draw(FLOW, '/nothing.html');
    await draw(FLOW);
    await page.getByRole('button', { name: 'As text' }).waitFor();
    assert.deepEqual(asked, ['/nothing.html', '/diagram.html']);
  });

  it('a frame that lies gets no more than a limited height', async (t) => {
    const { page, errors, draw } = await open(t);
    await draw(FLOW, '/liar.html');
    await page.getByRole('button', { name: 'As text' }).waitFor();
    assert.equal(await page.locator('iframe').getAttribute('height'), '900');
    assert.deepEqual(errors, []);
  });

  it('far away nothing is loaded before it comes near', async (t) => {
    const { page, draw } = await open(t);
    await page.evaluate(() =>
      document.querySelector('main').style.setProperty('padding-block-start', '3000px'),
    );
    await draw(FLOW);
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))),
    );
    assert.deepEqual(asked, []);
    await page.locator('pre').scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'As text' }).waitFor();
  });
});
