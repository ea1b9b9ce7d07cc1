import type { Block } from '../markdown/index.js';
import { themeOf, type Drawing } from './diagram/theme.js';
import { adopt } from './styles.js';
import { english, showInstead, type ViewWords, type WordedView } from './view.js';
import { viewStyles } from './view.styles.js';

/** Longer sources stay code, in characters. */
const MOST_SOURCE = 20_000;
/** How long the frame may load and draw, in milliseconds. */
const PATIENCE = 5000;
/** What the frame may ask for, in CSS pixels; a taller diagram scrolls within it. */
const HEIGHTS = [40, 900] as const;

/** Where no frame came to answer, such as under a policy without `frame-src`, none is tried again. */
const unanswered = new Set<string>();

type Renderer = (block: Block, words?: () => ViewWords) => WordedView;

/**
 * Mermaid diagrams, drawn in a sandboxed frame when the fence has closed and the block comes into view. The code stays
 * where no diagram comes of it.
 * @param address of the frame's page, dist/diagram.html, if a site keeps it elsewhere
 */
export const mermaidIn =
  (address: string | URL): Renderer =>
  (block, words = english) => {
    let reword: (() => void) | undefined;
    return {
      end() {
        if (block.text().length <= MOST_SOURCE)
          onceNear(block.element, () => (reword = draw(block, words, `${address}`)));
      },
      reword: () => reword?.(),
    };
  };

/** Mermaid diagrams with the frame's page where the package has it. */
export const mermaid: Renderer = mermaidIn(new URL(/* @vite-ignore */ '../diagram.html', import.meta.url));

/** Frames are dear: those far away wait. */
function onceNear(element: HTMLElement, then: () => void): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      then();
    },
    { rootMargin: '300px' },
  );
  observer.observe(element);
}

function draw(block: Block, words: () => ViewWords, address: string): (() => void) | undefined {
  const code = block.element.querySelector('code');
  if (!code || unanswered.has(address)) return undefined;
  const frame = document.createElement('iframe');
  // Without allow-same-origin: whatever runs in there can reach neither this page nor what its site keeps.
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.className = 'drawing';
  frame.referrerPolicy = 'no-referrer';
  frame.src = address;
  let rewordToggle: (() => void) | undefined;
  const reword = (): void => {
    frame.title = words().diagram;
    rewordToggle?.();
  };
  reword();
  const diagram = new Diagram(
    block,
    frame,
    () => (rewordToggle = showInstead(block.element, frame, block.language, words)),
  );
  diagram.wait((answered) => {
    if (!answered) unanswered.add(address);
    frame.remove();
  });
  // It is measured before it is shown.
  adopt(code, viewStyles);
  code.before(frame);
  return reword;
}

/** One diagram's talk with its frame, over a port that only that frame was given. */
class Diagram {
  readonly #block: Block;
  readonly #frame: HTMLIFrameElement;
  readonly #show: () => void;
  readonly #waiting = new AbortController();
  #port: MessagePort | undefined;
  #answered = false;

  constructor(block: Block, frame: HTMLIFrameElement, show: () => void) {
    this.#block = block;
    this.#frame = frame;
    this.#show = show;
    // Again whenever the frame moves in the document.
    frame.addEventListener('load', () => this.#connect());
  }

  /** Calls back once when no diagram comes, and tells whether the frame's page was there at all. */
  wait(fail: (answered: boolean) => void): void {
    const { signal } = this.#waiting;
    const timer = setTimeout(() => this.#waiting.abort('late'), PATIENCE);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      if (signal.reason !== 'drawn') fail(this.#answered);
    });
    const refused = ({ effectiveDirective }: SecurityPolicyViolationEvent): void => {
      if (effectiveDirective === 'frame-src') this.#waiting.abort('refused');
    };
    document.addEventListener('securitypolicyviolation', refused, { signal });
  }

  #connect(): void {
    const { port1, port2 } = new MessageChannel();
    this.#port?.close();
    this.#port = port1;
    port1.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#hear(data));
    port1.start();
    // A sandboxed frame has no origin that could be named here.
    this.#frame.contentWindow?.postMessage('', '*', [port2]);
  }

  /** Nothing in the frame is trusted: one word, or a number. */
  #hear(data: unknown): void {
    if (data === 'ready' || data === 'theme') this.#send();
    else if (data === 'failed') this.#waiting.abort('failed');
    else if (typeof data === 'number' && Number.isFinite(data)) this.#resize(data);
  }

  #send(): void {
    this.#answered = true;
    const theme = themeOf(this.#block.element);
    this.#port?.postMessage({ source: this.#block.text(), theme } satisfies Drawing);
  }

  #resize(height: number): void {
    const [least, most] = HEIGHTS;
    this.#frame.height = String(Math.min(most, Math.max(least, Math.ceil(height))));
    if (this.#waiting.signal.aborted) return;
    this.#waiting.abort('drawn');
    this.#show();
  }
}
