// A classic script, first in every page: what it watches costs every candidate the same.
(() => {
  const LAST_WORD = 'quillfinch';
  /** Characters before the end of the page in which the last word is looked for. */
  const TAIL = 5_000;
  const SLOW_FRAME = 25;

  const frame = () => new Promise((resolve) => void requestAnimationFrame(resolve));
  const nothing = (element) => ['STYLE', 'SCRIPT', 'TEMPLATE', 'NOSCRIPT'].includes(element.nodeName);

  /** The nodes below, shadow trees included, last ones first. */
  function* backwards(root) {
    if (root.nodeName && nothing(root)) return;
    for (let node = root.lastChild; node; node = node.previousSibling) yield* backwards(node);
    if (root.shadowRoot) yield* backwards(root.shadowRoot);
    yield root;
  }

  const isSeen = (element) => {
    const { width = 0, height = 0 } = element?.getBoundingClientRect() ?? {};
    return width > 4 && height > 4;
  };

  /** The element that shows the last word, if the page has it; a text for screen readers alone is none. */
  function lastWord() {
    let tail = '';
    for (const node of backwards(document.body)) {
      if (node.nodeType !== Node.TEXT_NODE) continue;
      tail = node.data + tail.slice(0, LAST_WORD.length);
      // Asked of nothing else: what is out of view would be laid out for it.
      if (tail.includes(LAST_WORD) && isSeen(node.parentElement)) return node.parentElement;
      if ((lastWord.seen += node.data.length) > TAIL) return undefined;
    }
    return undefined;
  }

  const find = () => {
    lastWord.seen = 0;
    return lastWord();
  };

  /** A box whose size changes calls its observer after layout and before paint: what is there then gets painted. */
  function paintedFrames(seen) {
    const box = document.createElement('div');
    box.style.cssText =
      'position:fixed;inset:0 auto auto 0;inline-size:1px;block-size:1px;visibility:hidden;contain:strict';
    document.body.append(box);
    let wide = false;
    const observer = new ResizeObserver(() => {
      if (!seen()) return;
      observer.disconnect();
      box.remove();
    });
    observer.observe(box);
    return () => {
      wide = !wide;
      box.style.inlineSize = wide ? '2px' : '1px';
    };
  }

  /** When the frame that holds the last word is on its way to the screen. */
  function lastWordPainted() {
    return new Promise((resolve) => {
      let done = false;
      const turn = paintedFrames(() => {
        const element = find();
        if (!element) return false;
        done = true;
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => resolve({ painted: Date.now(), element }));
        port1.start();
        port2.postMessage(0);
        return true;
      });
      const next = () => {
        if (done) return;
        turn();
        requestAnimationFrame(next);
      };
      requestAnimationFrame(next);
    });
  }

  /** Counts frames until stopped. */
  function watchFrames() {
    const deltas = [];
    let last;
    let on = true;
    const next = (now) => {
      if (!on) return;
      if (last !== undefined) deltas.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    return () => {
      on = false;
      return { slowFrames: deltas.filter((delta) => delta > SLOW_FRAME).length };
    };
  }

  function watchTasks() {
    const tasks = [];
    const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
    observer.observe({ type: 'longtask' });
    return () => {
      tasks.push(...observer.takeRecords());
      return { longestTask: Math.max(0, ...tasks.map(({ duration }) => duration)) };
    };
  }

  const inView = (element) => {
    const { bottom, top } = element.getBoundingClientRect();
    return top < innerHeight && bottom > 0;
  };

  /** Asks, and waits until the answer's end is painted. */
  async function run(id) {
    const frames = watchFrames();
    const tasks = watchTasks();
    const sent = fetch(`/sent/${id}`).then((response) => response.json());
    const began = performance.now();
    globalThis.bench.send('What is it about?');
    const { time } = await sent;
    const { painted, element } = await lastWordPainted();
    const result = { ...frames(), lag: painted - time, wall: performance.now() - began };
    // What a candidate puts off until after the end is its cost too.
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { ...result, ...tasks(), followed: inView(element) };
  }

  function nodes(root = document) {
    let count = 1;
    for (const child of root.childNodes) count += nodes(child);
    return root.shadowRoot ? count + nodes(root.shadowRoot) : count;
  }

  const isField = (element) =>
    element.matches?.(
      'textarea:not([readonly]):not(:disabled), input[type=text]:not(:disabled), [contenteditable=true]',
    ) && element.getBoundingClientRect().width > 40;

  function field() {
    for (const node of document.body ? backwards(document.body) : []) if (isField(node)) return node;
    return undefined;
  }

  /** When a person could type: the first frame with a field that takes text. */
  const usable = (async () => {
    for (;;) {
      await frame();
      if (field()) return { usable: performance.now(), time: Date.now() };
    }
  })();

  globalThis.probe = { run, nodes, usable, focus: () => field().focus() };
})();
