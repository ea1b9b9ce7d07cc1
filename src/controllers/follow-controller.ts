import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** `end` sticks to the end until the reader scrolls up, `turn` puts a new question at the top, `none` leaves all to the reader. */
export type Follow = 'end' | 'turn' | 'none';

/** So near to the end, in pixels, counts as there. */
const near = 24;

/**
 * Keeps the end of a growing list in view until the reader scrolls up, selects text or goes to something above. Sizes are
 * read where layout is clean (a resize notice, a scroll event), and the one write of a frame comes after the reads.
 */
export class FollowController implements ReactiveController {
  follow: Follow = 'end';
  /** Whether the end is in view. */
  atEnd = true;
  /** Whether there is more than fits. */
  scrollable = false;

  readonly #host: ReactiveControllerHost;
  #scroller: HTMLElement | undefined;
  #listening: AbortController | undefined;
  #following = true;
  /** The pointer is down on content: nothing may move under it. */
  #held = false;
  /** Where the scroller was when last looked at. */
  #top = 0;
  #height = 0;
  #question: HTMLElement | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Starts once the element that scrolls and the one that grows in it are rendered; may be called again. */
  observe(scroller: HTMLElement, content: HTMLElement): void {
    if (this.#listening) return;
    this.#scroller = scroller;
    const { signal } = (this.#listening = new AbortController());
    const options = { signal, passive: true };
    scroller.addEventListener('scroll', () => this.#onScroll(scroller), options);
    scroller.addEventListener('focusin', (event) => this.#onFocus(event), options);
    // A press on the scroll bar comes from the scroller itself.
    scroller.addEventListener('pointerdown', (event) => (this.#held = event.target !== scroller), options);
    for (const type of ['pointerup', 'pointercancel']) addEventListener(type, () => this.#release(), options);
    document.addEventListener('selectionchange', () => this.#onSelection(), options);
    // Gone after a move in the document.
    scroller.scrollTop = this.#top;
    const observer = new ResizeObserver(() => this.#settle());
    observer.observe(scroller);
    observer.observe(content);
    signal.addEventListener('abort', () => observer.disconnect());
  }

  hostConnected(): void {
    // Starts to observe again after a move.
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.#listening = undefined;
  }

  scrollToEnd(): void {
    this.#following = true;
    this.#settle(true);
  }

  /** Something was asked, and the reader wants to see what comes of it. */
  asked(question: HTMLElement | undefined): void {
    this.#following = this.follow === 'end';
    if (this.follow !== 'turn' || !this.#scroller) return;
    // Asked before the first layout.
    this.#height ||= this.#scroller.clientHeight;
    this.#question = question;
    // As much room as a question at the top leaves below.
    this.#scroller.style.setProperty('--_view', `${this.#height}px`);
  }

  #settle(toEnd = this.#following && this.follow !== 'none'): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    const top = scroller.scrollTop;
    this.#height = scroller.clientHeight;
    const end = Math.max(0, scroller.scrollHeight - this.#height);
    let goal = top;
    if (this.#question) goal = Math.min(end, this.#question.offsetTop - 16);
    else if (toEnd && !this.#held) goal = end;
    this.#question = undefined;
    this.#top = goal;
    if (goal !== top) scroller.scrollTop = goal;
    this.#note(end > 1, end - goal <= near);
  }

  #onScroll({ scrollTop, scrollHeight, clientHeight }: HTMLElement): void {
    const rest = scrollHeight - clientHeight - scrollTop;
    const down = scrollTop > this.#top;
    if (scrollTop < this.#top - 0.5 && rest > 1) this.#following = false;
    else if (this.follow === 'end' && rest <= (down ? near : 1)) this.#following = true;
    this.#top = scrollTop;
    this.#note(scrollHeight > clientHeight + 1, rest <= near);
  }

  #release(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#settle();
  }

  #onSelection(): void {
    const selection = getSelection();
    // Of a selection in a shadow tree some engines tell the text and others the range.
    if (this.#held && (String(selection) || !selection?.isCollapsed)) this.#following = false;
  }

  #onFocus(event: FocusEvent): void {
    const target = event.composedPath()[0] as Element;
    if (target !== this.#scroller && target.matches(':focus-visible')) this.#following = false;
  }

  #note(scrollable: boolean, atEnd: boolean): void {
    if (scrollable === this.scrollable && atEnd === this.atEnd) return;
    this.scrollable = scrollable;
    this.atEnd = atEnd;
    this.#host.requestUpdate();
  }
}
