// The page in a frame of hostile-page.test.ts, which lets scripts of a text run: what is rendered here is poked at, and
// whatever it does is noted.

interface Trap {
  /** What ran, as the name of the function that was called. */
  readonly ran: string[];
  /** What would have been asked for: the policy names it. */
  readonly asked: string[];
  /** Acts on every node like a person who tries everything. */
  poke(): void;
}

declare global {
  interface Window {
    trap?: Trap;
    /** Shows each text as an answer. */
    answer?: (texts: readonly (readonly string[])[]) => Promise<Element[]>;
  }
}

const all = function* (root: ParentNode): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* all(element.shadowRoot);
  }
};

const trap: Trap = {
  ran: [],
  asked: [],
  poke() {
    for (const element of [...all(document.body)]) {
      // An image that a person asks for is loaded: that is another test's.
      if (element.localName === 'script' || element.closest('.image')) continue;
      const act = (event: Event) => element.dispatchEvent(event);
      for (const type of ['pointerover', 'mouseover', 'mouseenter', 'mousemove', 'mousedown', 'mouseup'])
        act(new MouseEvent(type, { bubbles: true, cancelable: true, view: window }));
      if (element instanceof HTMLElement || element instanceof SVGElement) element.focus();
      const heard = [...element.attributes].map(({ name }) => name).filter((name) => name.startsWith('on'));
      for (const type of [
        'focusin',
        'toggle',
        'input',
        'animationend',
        ...heard.map((name) => name.slice(2)),
      ])
        act(new Event(type, { bubbles: true }));
      act(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      if (element instanceof HTMLElement) element.click();
      else act(new MouseEvent('click', { bubbles: true, cancelable: true, view: window }));
    }
  },
};
window.trap = trap;
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'] as const)
  Object.assign(window, { [name]: () => void trap.ran.push(name) });
addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) => {
  // The frame of our own diagrams is not what a text asked for.
  if (blockedURI.endsWith('/diagram.html')) return;
  if (!/^script|^style|inline|eval/.test(`${effectiveDirective} ${blockedURI}`)) trap.asked.push(blockedURI);
});
// Any other link would leave the page; that it does so is what it is for.
addEventListener(
  'click',
  (event) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (link && !link.href.startsWith('javascript:')) event.preventDefault();
  },
  true,
);
addEventListener('submit', (event) => event.preventDefault());

window.answer = async (texts) => {
  // Most frames hold no answer.
  const { defineLeaves } = await import('../../src/define-leaves.js');
  defineLeaves();
  const answers = texts.map((pieces) => {
    const element = document.createElement('chat-stream-markdown');
    document.body.append(element);
    return { element, pieces };
  });
  for (let round = 0; answers.some(({ pieces }) => round < pieces.length); round++) {
    for (const { element, pieces } of answers) if (round < pieces.length) element.text += pieces[round]!;
    await Promise.all(answers.map(({ element }) => element.updateComplete));
  }
  for (const { element } of answers) element.complete = true;
  await Promise.all(answers.map(({ element }) => element.updateComplete));
  return answers.map(({ element }) => element.shadowRoot!.querySelector('[part=text]')!);
};

export {};
