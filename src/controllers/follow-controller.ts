import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** `end` sticks to the end until the reader scrolls up, `turn` puts a new question at the top, `none` leaves all to the reader. */
export type Follow = 'end' | 'turn' | 'none';

/** So near to the end, in pixels, counts as there. */
const near = 24;
/** Room above a question at the top, in pixels. */
const above = 16;

/**
 * Keeps the end of a growing list in view until the reader scrolls up, selects text or goes to something above. Sizes are
 * read where layout is clean (a resize notice, a scroll event), and the one write of a frame comes after the reads.
 */
export class FollowController implements ReactiveController {
  #follow: Follow = 'end';
  /** Whether the end is in view. */
  atEnd = true;
  /** Whether there is more than fits. */
  scrollable = false;

  readonly #host: ReactiveControllerHost;
  readonly #nearStart: () => void;
  #scroller: HTMLElement | undefined;
  #listening: AbortController | undefined;
  #following = true;
  /** The pointer is down on content: nothing may move under it. */
  #held = false;
  /** Where the scroller was when last looked at. */
  #top = 0;
  #height = 0;
  /** How tall its content was. */
  #whole = 0;
  /** The question that stays at the top, wherever that is in the content, until the reader scrolls. */
  #question: HTMLElement | undefined;
  /** What the reader sees while something is put above it, and where that and the scroller were. */
  #kept: { element: Element; place: number; top: number } | undefined;
  /** How often it was asked for that. */
  #keeps = 0;

  /** `nearStart` is called, perhaps often, while little is left above what is in view. */
  constructor(host: ReactiveControllerHost, nearStart: () => void) {
    this.#host = host;
    this.#nearStart = nearStart;
    host.addController(this);
  }

  get follow(): Follow {
    return this.#follow;
  }
  /** A word that is none of ours, or none at all, counts as left out. */
  set follow(follow: Follow) {
    this.#follow = follow === 'turn' || follow === 'none' ? follow : 'end';
    if (this.#follow !== 'turn') this.#question = undefined;
  }

  /** Starts once the element that scrolls and the one that grows in it are rendered; may be called again. */
  observe(scroller: HTMLElement, content: HTMLElement): void {
    if (this.#listening) return;
    this.#scroller = scroller;
    const { signal } = (this.#listening = new AbortController());
    const options = { signal, passive: true };
    scroller.addEventListener('scroll', () => this.#onScroll(scroller), options);
    scroller.addEventListener('wheel', (event) => this.#onWheel(event), options);
    scroller.addEventListener('focusin', (event) => this.#onFocus(event), options);
    // A press on the scroll bar comes from the scroller itself.
    scroller.addEventListener('pointerdown', (event) => (this.#held = event.target !== scroller), options);
    for (const type of ['pointerup', 'pointercancel']) addEventListener(type, () => this.#release(), options);
    document.addEventListener('selectionchange', () => this.#onSelection(), options);
    // Gone after a move in the document.
    scroller.scrollTop = this.#top;
    const watch = () => {
      if (signal.aborted) return;
      observer.observe(scroller);
      observer.observe(content);
    };
    const observer = new ResizeObserver(() => {
      if (this.#isSettled(scroller)) return;
      this.#settle();
      // What came into view may get its real size, which must not be told in this frame any more.
      observer.disconnect();
      requestAnimationFrame(watch);
    });
    watch();
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
    this.#question = undefined;
    this.#settle(true);
  }

  /** Something was asked, and the reader wants to see what comes of it. */
  asked(question: HTMLElement | undefined): void {
    this.#following = this.follow === 'end';
    if (this.follow !== 'turn' || !this.#scroller) return;
    // Asked before the first layout.
    this.#height ||= this.#scroller.clientHeight;
    this.#question = question;
    this.#whole = -1;
    this.#makeRoom();
  }

  /** As much as a question at the top leaves below. */
  #makeRoom(): void {
    this.#scroller!.style.setProperty('--_view', `${this.#height}px`);
  }

  /**
   * What is in view stays where it is, whatever is put above it or gets another height there, until `letGo`. Engines that
   * anchor do not everywhere (at the very start, for one), and at times of their own: they rest meanwhile.
   */
  keep(): void {
    this.#keeps++;
    if (!this.#scroller || this.#kept) return;
    this.#scroller.style.setProperty('overflow-anchor', 'none');
    this.#kept = this.#inView();
  }

  letGo(): void {
    const keeps = this.#keeps;
    // What came into view last gets its real height in these frames.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        // More is put above since.
        if (keeps !== this.#keeps) return;
        this.#kept = undefined;
        this.#scroller?.style.removeProperty('overflow-anchor');
      }),
    );
  }

  #inView(): { element: Element; place: number; top: number } | undefined {
    const scroller = this.#scroller!;
    const { scrollTop } = scroller;
    const { left, top, width, height } = scroller.getBoundingClientRect();
    const root = scroller.getRootNode() as ShadowRoot;
    const hits = [0.1, 0.2, 0.3, 0.4, 0.5].map((part) =>
      root.elementFromPoint(left + width / 2, top + height * part),
    );
    // Where nothing is drawn yet there is a group; its first messages may be among those that are still to come.
    const element =
      hits.find((hit) => hit?.matches('chat-stream-message')) ??
      (hits.find((hit) => hit?.matches('.group')) ?? root.querySelector('.group'))?.lastElementChild;
    return element ? { element, place: this.#place(element), top: scrollTop } : undefined;
  }

  /** How far down in the content an element is, wherever that is scrolled to. */
  #place(element: Element): number {
    const scroller = this.#scroller!;
    return element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
  }

  #isSettled({ clientHeight, scrollHeight }: HTMLElement): boolean {
    return clientHeight === this.#height && scrollHeight === this.#whole;
  }

  #settle(toEnd = this.#following && this.follow !== 'none'): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    const top = scroller.scrollTop;
    const height = this.#height;
    this.#height = scroller.clientHeight;
    if (this.#question && height !== this.#height) this.#makeRoom();
    this.#whole = scroller.scrollHeight;
    const end = Math.max(0, this.#whole - this.#height);
    const goal = this.#goal(top, end, toEnd);
    this.#top = goal;
    if (goal !== top) scroller.scrollTop = goal;
    if (this.#kept) this.#kept = this.#inView();
    this.#note(end > 1, end - goal <= near);
    this.#look();
  }

  #goal(top: number, end: number, toEnd: boolean): number {
    const kept = this.#kept;
    if (this.#question?.isConnected) return this.#turned(this.#question, end);
    if (toEnd && !this.#held) return end;
    if (!kept?.element.isConnected) return top;
    const from = this.#isPushed(top, end - top) ? kept.top : top;
    return from + this.#place(kept.element) - kept.place;
  }

  /** Where a question is at the top, in whole pixels, as engines keep them. */
  #turned(question: HTMLElement, end: number): number {
    return Math.round(Math.min(end, this.#place(question) - above));
  }

  /** Whether it was the reader who scrolled: an engine that keeps in view what is there takes the question along. */
  #leaves(question: HTMLElement, top: number, end: number): boolean {
    return Math.abs(top - this.#top) > 0.5 && Math.abs(top - this.#turned(question, end)) > 1;
  }

  /** Whether the scroller was moved to its end because what is in it got smaller, and not by the reader. */
  #isPushed(top: number, rest: number): boolean {
    return this.#kept !== undefined && top < this.#kept.top && rest <= 1;
  }

  #look(): void {
    if (this.#top < 2 * this.#height) this.#nearStart();
  }

  #onScroll({ scrollTop, scrollHeight, clientHeight }: HTMLElement): void {
    const rest = scrollHeight - clientHeight - scrollTop;
    const down = scrollTop > this.#top;
    if (this.#question && this.#leaves(this.#question, scrollTop, scrollHeight - clientHeight))
      this.#question = undefined;
    if (scrollTop < this.#top - 0.5 && rest > 1) this.#following = false;
    else if (this.follow === 'end' && rest <= (down ? near : 1) && !this.#isPushed(scrollTop, rest))
      this.#following = true;
    this.#top = scrollTop;
    this.#note(scrollHeight > clientHeight + 1, rest <= near);
    if (this.#kept) this.#settle();
    else this.#look();
  }

  /** A wheel moves little in its first frame: a write in that frame would undo it. */
  #onWheel({ deltaY }: WheelEvent): void {
    const up = deltaY < 0 && this.#top > 0;
    const down = deltaY > 0 && this.#whole - this.#height - this.#top > 1;
    if (up) this.#following = false;
    if (up || down) this.#question = undefined;
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
    // Not within a resize notice: what the host draws may change the size that is being told.
    requestAnimationFrame(() => this.#host.requestUpdate());
  }
}
