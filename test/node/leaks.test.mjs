import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { openChromium } from '../demo/browser.mjs';
import { openPage, pageOf, startSite } from './pages.mjs';

/* What a page holds after a thousand questions, and after widgets came and went: what it held before. */
const browser = await openChromium();
const skip = browser ? false : 'no Chromium on this machine';

const MEGABYTE = 1024 * 1024;
/** Bytes the heap may have grown when nothing but caches and compiled code is left. */
const GROWTH = 5 * MEGABYTE;
/** Nodes of templates that were drawn for the first time, which Lit prepares once. */
const TEMPLATES = 20;
const RICH = `# Head\n\nWords with **bold**, \`code\` and a [link](https://example.com/).\n\n
\`\`\`js\nconst answer = 42; // the answer\nexport { answer };\n\`\`\`\n
| a | b |\n| - | - |\n| 1 | 2 |\n\n![An image](https://example.com/a.png)\n\n- one\n- two[^1]\n\n[^1]: A note.\n\n$$\nx^2\n$$\n`;

describe('what is left behind', { skip }, () => {
  let site;
  let opened;
  let devtools;

  before(async () => {
    site = await startSite({
      files: { '/': pageOf(['/test/pages/cycles.js', '/dist/chat-stream.js'], '<main></main>') },
    });
    site.answer = (exchange) => {
      const { question } = exchange;
      if (question === 'silence') return;
      if (question === 'fail') return exchange.fail(404, '{"error":"no such thing"}');
      exchange.say(question === 'rich' ? RICH : 'Half an answer ');
      if (question !== 'endless') exchange.done();
    };
  });
  before(async () => {
    opened = await openPage({ after() {} }, { browser, site });
    devtools = await opened.context.newCDPSession(opened.page);
    await devtools.send('Performance.enable');
    await opened.page.waitForFunction(() => customElements.get('chat-stream-messages'));
    // The first rounds fetch, compile, prepare templates and fill caches.
    for (const cycle of ['ask', 'mount', 'move'])
      await opened.page.evaluate((name) => window[name](35), cycle);
    await settled({ nodes: 0, listeners: 0 }, 6000);
  });
  after(async () => {
    await browser?.close();
    site.close();
  });

  const listenersOf = async (expression) => {
    const { result } = await devtools.send('Runtime.evaluate', { expression });
    const { listeners } = await devtools.send('DOMDebugger.getEventListeners', { objectId: result.objectId });
    await devtools.send('Runtime.releaseObject', { objectId: result.objectId });
    return listeners.length;
  };

  /** What the page holds, when nothing is left to collect. */
  async function held() {
    // Frames and idle moments that were asked for have come.
    await opened.page.evaluate(
      () => new Promise((resolve) => setTimeout(() => requestIdleCallback(resolve), 200)),
    );
    // What is weakly held goes with the second or third collection.
    for (let times = 0; times < 4; times++) await devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await devtools.send('Performance.getMetrics');
    const of = (wanted) => metrics.find(({ name }) => name === wanted).value;
    return {
      heap: of('JSHeapUsedSize'),
      nodes: of('Nodes'),
      listeners: of('JSEventListeners'),
      onWindow: await listenersOf('window'),
      onDocument: await listenersOf('document'),
      frames: of('Frames'),
      documents: of('Documents'),
      observers: of('ContextLifecycleStateObservers'),
    };
  }

  /** What the page holds once that is no more than before, or after ten seconds: what is announced goes after five. */
  async function settled({ nodes, listeners }, patience = 10_000) {
    for (const until = Date.now() + patience; ;) {
      const now = await held();
      if ((now.nodes <= nodes && now.listeners <= listeners) || Date.now() > until) return now;
    }
  }

  async function isFlat(t, rounds, name) {
    const { heap, nodes, ...counts } = await held();
    const began = Date.now();
    await opened.page.evaluate(([cycle, times]) => window[cycle](times), [name, rounds]);
    const took = Date.now() - began;
    const { heap: heapAfter, nodes: nodesAfter, ...countsAfter } = await settled({ nodes, ...counts });
    const inMegabytes = (bytes) => (bytes / MEGABYTE).toFixed(2);
    t.diagnostic(`${rounds} rounds in ${took} ms: heap ${inMegabytes(heap)} → ${inMegabytes(heapAfter)} MB`);
    t.diagnostic(`nodes ${nodes} → ${nodesAfter}, listeners ${counts.listeners} → ${countsAfter.listeners}`);
    assert.deepEqual(countsAfter, counts);
    assert.ok(nodesAfter - nodes <= TEMPLATES, `${nodesAfter - nodes} nodes more`);
    assert.ok(heapAfter - heap <= GROWTH, `the heap grew by ${heapAfter - heap} bytes`);
    // Every exchange is over at the server, and no connection is open but those the browser keeps for later.
    await Promise.all(site.exchanges.map(({ closed }) => closed));
    assert.ok(site.sockets.size <= 6, `${site.sockets.size} connections`);
    assert.deepEqual(
      opened.faults.filter((fault) => !fault.includes('404')),
      [],
    );
    assert.deepEqual(site.reports, []);
  }

  it('1,000 questions, stopped at every stage, failed or answered', (t) => isFlat(t, 1000, 'ask'));
  it('200 widgets that come, answer and go', (t) => isFlat(t, 200, 'mount'));
  it('1,000 moves in mid-stream', (t) => isFlat(t, 1000, 'move'));
});
