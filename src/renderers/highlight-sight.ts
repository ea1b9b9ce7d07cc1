/** So far out of view counts as near it: a screen, or what is seen of what scrolls. */
const margin = '100% 0px';
/** Milliseconds that an element waits which has been near from the start, out of view: it may never be looked at. */
const patience = 1000;
/** Of a list of messages, what holds some of them, none of which is the last. */
const group = '.past.group';

/** Tells of many elements whether they are within a distance of view, with one observer for all of them. */
class Watch {
  readonly #observer: IntersectionObserver;
  /** Engines forget elements that are gone, and so does this. */
  readonly #watched = new WeakMap<Element, Set<Sight>>();
  /** Milliseconds that it takes what was within from the start to be seen. */
  readonly patience: number;

  constructor(margin: string, patience: number) {
    // An engine without `scrollMargin` tells no sooner than in view of what stands in a scroller.
    const options = { rootMargin: margin, scrollMargin: margin };
    this.#observer = new IntersectionObserver((entries) => this.#tell(entries), options);
    this.patience = patience;
  }

  add(target: Element, sight: Sight): void {
    const sights = this.#watched.get(target) ?? new Set();
    this.#watched.set(target, sights.add(sight));
    this.#observer.observe(target);
  }

  remove(target: Element, sight: Sight): void {
    const sights = this.#watched.get(target);
    if (sights?.delete(sight) && !sights.size) this.#observer.unobserve(target);
  }

  /** Tells at once what the last frame brought. */
  flush(): void {
    this.#tell(this.#observer.takeRecords());
  }

  #tell(entries: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries)
      for (const sight of [...(this.#watched.get(target) ?? [])]) sight.note(this, isIntersecting);
  }
}

let watches: readonly [near: Watch, inView: Watch] | undefined;

const allWatches = () => (watches ??= [new Watch(margin, patience), new Watch('0px', 0)]);

/** Calls back when the next frame has been shown. */
const afterFrame = (callback: () => void) => requestAnimationFrame(() => setTimeout(callback));

/**
 * Whether an element is seen: it has been in view for two frames, or came near it, as when a person scrolls there. A burst
 * of text that runs through the view is not. Where an engine cannot tell, all is seen.
 *
 * What is observed costs something in every frame. In the past of a long thread that is a group of messages, and what is in
 * it only from when that comes near.
 */
export class Sight {
  readonly #element: Element;
  readonly #told: () => void;
  readonly #watches: readonly Watch[];
  readonly #within = new Set<Watch>();
  /** Of those, for long enough. */
  readonly #lasting = new Set<Watch>();
  /** Was not even near at some time. */
  #wasFar = false;
  #group: Element | undefined;

  /** `told` is called whenever the element begins to be seen. */
  constructor(element: Element, told: () => void) {
    this.#element = element;
    this.#told = told;
    this.#watches = 'IntersectionObserver' in globalThis ? allWatches() : [];
    this.#group = groupOf(element);
    if (this.#group) this.#watches[0]?.add(this.#group, this);
    else this.#watchElement();
  }

  get seen(): boolean {
    for (const watch of this.#watches) watch.flush();
    return this.#lasting.size > 0 || this.#watches.length === 0;
  }

  end(): void {
    for (const watch of this.#watches) watch.remove(this.#group ?? this.#element, this);
    this.#within.clear();
    this.#lasting.clear();
  }

  /** @internal What a watch has to say of the element, or of the group that it is in. */
  note(watch: Watch, within: boolean): void {
    if (!within) {
      this.#wasFar ||= watch.patience > 0;
      this.#within.delete(watch);
      this.#lasting.delete(watch);
    } else if (this.#group) this.#leaveGroup();
    else {
      this.#within.add(watch);
      const judge = () => this.#judge(watch);
      if (this.#wasFar || !watch.patience) afterFrame(judge);
      else setTimeout(judge, watch.patience);
    }
  }

  #leaveGroup(): void {
    this.end();
    this.#group = undefined;
    this.#watchElement();
  }

  #watchElement(): void {
    for (const watch of this.#watches) watch.add(this.#element, this);
  }

  #judge(watch: Watch): void {
    watch.flush();
    if (!this.#within.has(watch)) return;
    this.#lasting.add(watch);
    this.#told();
  }
}

/** The group of past messages that an element of an answer is in. */
function groupOf(element: Element): Element | undefined {
  const message = hostOf(hostOf(element));
  return message?.closest(group) ?? undefined;
}

function hostOf(element: Element | undefined): Element | undefined {
  const root = element?.getRootNode();
  return root instanceof ShadowRoot ? root.host : undefined;
}
