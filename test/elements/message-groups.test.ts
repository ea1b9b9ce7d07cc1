import fc from 'fast-check';
import { tries } from '../support/seed.js';
import { Grouping } from '../../src/elements/message-groups.js';
import { expect } from '../support/index.js';

interface Item {
  id: number;
  text: string;
}

const sameId = (a: Item, b: Item) => a.id === b.id;
const items = (count: number, from = 0): Item[] =>
  Array.from({ length: count }, (_, index) => ({ id: from + index, text: '' }));
const sizes = (groups: readonly { items: readonly unknown[] }[]) => groups.map((group) => group.items.length);

describe('groups of a list', () => {
  it('hold it in sixteens', () => {
    expect(sizes(new Grouping(sameId).update(items(40)))).to.deep.equal([16, 16, 8]);
  });

  it('fill up at both ends', () => {
    const grouping = new Grouping(sameId);
    const [first, ...others] = grouping.update(items(34, 100));
    expect(sizes(grouping.update(items(38, 100)))).to.deep.equal([16, 16, 6]);
    const groups = grouping.update(items(41, 97));
    expect(sizes(groups)).to.deep.equal([3, 16, 16, 6]);
    expect(groups[1]!.key).to.equal(first!.key);
    expect(groups[2]!.key).to.equal(others[0]!.key);
    expect(sizes(grouping.update(items(48, 90)))).to.deep.equal([10, 16, 16, 6]);
  });

  it('are the same objects as long as nothing in them changed', () => {
    const grouping = new Grouping(sameId);
    const list = items(40);
    const before = grouping.update(list);
    list[20] = { id: 20, text: 'new' };
    const after = grouping.update([...list]);
    expect(after.map((group, index) => group === before[index])).to.deep.equal([true, false, true]);
    expect(after[1]!.key).to.equal(before[1]!.key);
    expect(after[1]!.items[4]).to.equal(list[20]);
  });

  it('go away when they are empty', () => {
    const grouping = new Grouping(sameId);
    const list = items(40);
    grouping.update(list);
    expect(sizes(grouping.update([...list.slice(0, 10), ...list.slice(33)]))).to.deep.equal([10, 7]);
    expect(grouping.update([])).to.deep.equal([]);
  });

  it('hold any list in its order after any change, and no item goes to another group', () => {
    const change = fc.record({
      at: fc.nat(100),
      removed: fc.nat(40),
      added: fc.nat(40),
      edited: fc.nat(100),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        const grouping = new Grouping(sameId);
        let list: Item[] = items(50);
        let before = grouping.update(list);
        let next = 50;
        for (const { at, removed, added, edited } of changes) {
          list = [...list.slice(0, at), ...items(added, next), ...list.slice(at + removed)];
          next += added;
          if (list[edited]) list[edited] = { ...list[edited], text: 'edited' };
          const after = grouping.update(list);
          expect(after.flatMap((group) => group.items)).to.deep.equal(list);
          expect(new Set(after.map(({ key }) => key)).size).to.equal(after.length);
          const keyOf = (groups: typeof after, { id }: Item) =>
            groups.find((group) => group.items.some((item) => item.id === id))?.key;
          for (const item of list) {
            const key = keyOf(before, item);
            if (key !== undefined) expect(keyOf(after, item)).to.equal(key);
          }
          before = after;
        }
      }),
      tries(50),
    );
  });

  it('hold any other list too, however it is mixed', () => {
    const known = items(120);
    const list = fc
      .shuffledSubarray(known)
      .chain((mixed) =>
        fc
          .tuple(fc.nat(60), fc.nat(60))
          .map(([front, back]) => [
            ...known.slice(0, front),
            ...mixed.filter(({ id }) => id >= front && id < 120 - back),
            ...known.slice(120 - back),
          ]),
      );
    fc.assert(
      fc.property(fc.array(list, { maxLength: 6 }), (lists) => {
        const grouping = new Grouping(sameId);
        for (const next of lists) {
          const groups = grouping.update(next);
          expect(groups.flatMap((group) => group.items)).to.deep.equal(next);
          expect(new Set(groups.map(({ key }) => key)).size).to.equal(groups.length);
        }
      }),
      tries(50),
    );
  });
});
