/** Items that are drawn and laid out together; the same object for as long as its items are the same. */
export interface Group<T> {
  readonly key: number;
  readonly items: readonly T[];
}

/**
 * How many items a group takes. Sixteens of sixteens, both skipped by layout while out of view, keep the cost of a frame
 * flat up to thousands of messages.
 */
const size = 16;

let keys = 0;

/** How many items two lists share at their fronts, and of the rest at their backs. */
export function sharedEnds<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean) {
  const shorter = Math.min(a.length, b.length);
  const grown = b.length - a.length;
  let front = 0;
  while (front < shorter && (a[front] === b[front] || same(a[front]!, b[front]!))) front++;
  let end = a.length;
  const least = front + Math.max(0, -grown);
  while (end > least && (a[end - 1] === b[end - 1 + grown] || same(a[end - 1]!, b[end - 1 + grown]!))) end--;
  return { front, back: a.length - end };
}

/**
 * Keeps a changing list in groups. What stays in the list stays in its group, so that its element stays where it is: a
 * list that grows at either end fills the group there and opens further ones, and what comes in between joins a group.
 */
export class Grouping<T> {
  readonly #same: (a: T, b: T) => boolean;
  #items: readonly T[] = [];
  #groups: readonly Group<T>[] = [];

  /** `same` tells whether one item is a newer state of the other. */
  constructor(same: (a: T, b: T) => boolean) {
    this.#same = same;
  }

  /** The groups of the list as it is now. */
  update(items: readonly T[]): readonly Group<T>[] {
    const { front, back } = sharedEnds(this.#items, items, this.#same);
    const added = items.slice(front, items.length - back);
    const groups = front + back ? this.#regroup(items, front, back, added) : inGroups(added);
    this.#items = items;
    this.#groups = groups;
    return groups;
  }

  #regroup(items: readonly T[], front: number, back: number, added: readonly T[]): readonly Group<T>[] {
    const rest = this.#items.length - back;
    const moved = items.length - this.#items.length;
    const groups: Group<T>[] = [];
    let end = 0;
    for (const group of this.#groups) {
      const begin = end;
      end += group.items.length;
      const takes = front ? begin < front && front <= end : begin <= rest && rest < end;
      const whole = end <= front || begin >= rest;
      if (whole && !(takes && added.length) && holds(group, items, end <= front ? begin : begin + moved)) {
        groups.push(group);
        continue;
      }
      const above = items.slice(begin, Math.min(end, front));
      const below = items.slice(Math.max(begin, rest) + moved, Math.max(end, rest) + moved);
      if (takes) groups.push(...withAdded(group, above, added, below));
      else if (above.length + below.length) groups.push({ ...group, items: [...above, ...below] });
    }
    return groups;
  }
}

/** Whether these are a group's items, one by one. */
function holds<T>({ items }: Group<T>, list: readonly T[], from: number): boolean {
  for (let index = 0; index < items.length; index++) if (items[index] !== list[from + index]) return false;
  return true;
}

function withAdded<T>(
  group: Group<T>,
  above: readonly T[],
  added: readonly T[],
  below: readonly T[],
): Group<T>[] {
  const room = Math.max(0, size - above.length - below.length);
  if (!above.length) {
    const outside = Math.max(0, added.length - room);
    return [...inGroups(added.slice(0, outside)), { ...group, items: [...added.slice(outside), ...below] }];
  }
  if (below.length) return [{ ...group, items: [...above, ...added, ...below] }];
  return [{ ...group, items: [...above, ...added.slice(0, room)] }, ...inGroups(added.slice(room))];
}

function inGroups<T>(items: readonly T[]): Group<T>[] {
  const groups: Group<T>[] = [];
  for (let from = 0; from < items.length; from += size)
    groups.push({ key: keys++, items: items.slice(from, from + size) });
  return groups;
}
