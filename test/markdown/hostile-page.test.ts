import { expect } from 'chai';
import { marked } from 'marked';

import {
  allowFaults,
  describeWithFixtures,
  fixtureJson,
  onCleanup,
  play,
  type Play,
  until,
} from '../support/index.js';
import { type Hostile, textOf, unsafe } from './unsafe.js';

type Page = Window & typeof globalThis;

// How long a batch is left to do what it does by itself, as the collection asks for.
const PATIENCE = 400;

/** Everything may run here, and nothing may be asked for: what is tried is seen. */
const lax =
  "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; connect-src 'self'";
const page =
  '<!doctype html><meta charset="utf-8"><body><script type="module" src="/test/markdown/hostile-frame.ts"></script>' +
  '<script>function naive(html) { document.body.innerHTML = html; }' +
  "function parsed(html) { const other = document.implementation.createHTMLDocument(''); other.body.innerHTML = html; return other.body; }</script>";

const naiveHtml = (text: string): string => marked.parse(text, { async: false });
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PATIENCE));

interface Naive {
  naive(html: string): void;
  /** The same, inert. */
  parsed(html: string): HTMLElement;
}

interface Framed {
  readonly frame: HTMLIFrameElement;
  readonly view: Page;
  readonly trap: NonNullable<Page['trap']>;
}

async function frameAt({ url }: Play): Promise<Framed> {
  const frame = document.createElement('iframe');
  // It may do what it likes, but not with the tests around it.
  frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms');
  frame.src = url;
  document.body.append(frame);
  onCleanup(() => frame.remove());
  await until(() => (frame.contentWindow as Page | null)?.trap, 'the frame has not come');
  const view = frame.contentWindow as Page;
  // Kept, because what is shown may lead the frame elsewhere.
  return { frame, view, trap: view.trap! };
}

const engine = /Firefox/.test(navigator.userAgent)
  ? 'firefox'
  : /Chrome/.test(navigator.userAgent)
    ? 'chromium'
    : 'webkit';

describeWithFixtures('hostile answers on a page that would let them', () => {
  let hostile: Hostile[];
  let server: Play;
  before(async () => {
    ({ hostile } = await fixtureJson<{ hostile: Hostile[] }>('hostile/xss-markdown.json'));
  });
  beforeEach(async () => {
    const headers = { 'content-type': 'text/html', 'content-security-policy': lax };
    server = await play({ answers: [{ headers, steps: [{ write: page }] }] });
  });

  for (const way of ['whole', 'in pieces'] as const) {
    it(`run nothing and ask for nothing, ${way}, whatever a person does`, async () => {
      const cases = hostile.filter(({ chunks }) => way === 'whole' || chunks);
      for (let start = 0; start < cases.length; start += 330) {
        const { frame, view, trap } = await frameAt(server);
        const batch = cases.slice(start, start + 330);
        const roots = await view.answer!(batch.map((one) => (way === 'whole' ? [textOf(one)] : one.chunks!)));
        await pause();
        trap.poke();
        await pause();
        expect(trap.ran, `from ${batch[0]!.id}`).to.deep.equal([]);
        expect(trap.asked, `from ${batch[0]!.id}`).to.deep.equal([]);
        expect(
          roots.map((root) => root.querySelectorAll('img, iframe, [src], [style], [id], [name]').length),
        ).to.deep.equal(batch.map(() => 0));
        for (const [index, root] of roots.entries())
          for (const link of root.querySelectorAll('a')) expectTrue(link, batch[index]!.id);
        frame.remove();
      }
    });
  }

  it('are seen by the same trap where a usual renderer shows them', async () => {
    // What is blocked in a frame is told to the page around it as well.
    allowFaults('csp');
    const known = hostile.filter(({ naive }) => naive?.exec?.[engine]);
    const caught = new Set<string>();
    for (let start = 0; start < known.length; start += 20) {
      const batch = known.slice(start, start + 20);
      const frames = await Promise.all(batch.map(() => frameAt(server)));
      for (const [index, { view }] of frames.entries())
        (view as Page & Naive).naive(naiveHtml(textOf(batch[index]!)));
      await pause();
      for (const { trap } of frames) trap.poke();
      await pause();
      for (const [index, { frame, trap }] of frames.entries()) {
        if (trap.ran.length) caught.add(batch[index]!.id);
        frame.remove();
      }
    }
    const missed = known.filter(({ id }) => !caught.has(id)).map(({ id }) => id);
    // Not every engine of the day runs what the one did that the collection was tried with.
    expect(caught.size, `of ${known.length}; not ${missed.join()}`).to.be.at.least(known.length * 0.95);
  });

  it('are seen by the same look at what is there', async () => {
    const { view } = await frameAt(server);
    const known = hostile.filter(({ naive }) => naive?.dom);
    const seen = known.filter(
      (one) => unsafe((view as Page & Naive).parsed(naiveHtml(textOf(one)))).length > 0,
    );
    expect(seen.length, `of ${known.length}`).to.be.at.least(known.length * 0.99);
  });
});

/** A link whose text has another host than it leads to says so. */
function expectTrue(link: HTMLAnchorElement, id: string): void {
  const { hostname } = new URL(link.href);
  const beside = link.querySelector('.host')?.textContent ?? '';
  const said = link.textContent.slice(0, link.textContent.length - beside.length);
  const hosts = said.match(/(?<=:\/\/)[^\s/?#]+|[\w-]+(?:\.[\w-]+)*\.(?:example|com)\b/gi) ?? [];
  const canonical = URL.canParse(said) && new URL(said).href === link.href;
  if (!canonical && hosts.some((host) => host.toLowerCase() !== hostname))
    expect(beside, `${id}: ${link.textContent}`).to.include(hostname);
  if (!said.trim() || hostname.includes('xn--')) expect(beside, id).to.include(hostname);
}
