import { patched } from '../../src/protocols/ag-ui/json-patch.js';
import { expect } from '../support/index.js';

const document = { list: [1, 2], 'a/b': { '~': 1 }, none: null };

describe('JSON Patch', () => {
  const cases: [string, unknown[], unknown][] = [
    ['nothing', [], document],
    ['add', [{ op: 'add', path: '/x', value: { y: 1 } }], { ...document, x: { y: 1 } }],
    ['add to a list', [{ op: 'add', path: '/list/1', value: 'x' }], { ...document, list: [1, 'x', 2] }],
    ['add at the end', [{ op: 'add', path: '/list/-', value: 3 }], { ...document, list: [1, 2, 3] }],
    ['remove', [{ op: 'remove', path: '/list/0' }], { ...document, list: [2] }],
    ['remove null', [{ op: 'remove', path: '/none' }], { list: [1, 2], 'a/b': { '~': 1 } }],
    ['replace', [{ op: 'replace', path: '/list/1', value: 5 }], { ...document, list: [1, 5] }],
    ['escaped names', [{ op: 'replace', path: '/a~1b/~0', value: 2 }], { ...document, 'a/b': { '~': 2 } }],
    ['copy', [{ op: 'copy', from: '/list', path: '/x' }], { ...document, x: [1, 2] }],
    ['move', [{ op: 'move', from: '/list/0', path: '/list/1' }], { ...document, list: [2, 1] }],
    ['the whole', [{ op: 'replace', path: '', value: [1] }], [1]],
    ['test', [{ op: 'test', path: '/list', value: [1, 2] }], document],
  ];
  for (const [name, operations, after] of cases) {
    it(`applies ${name}, to a copy`, () => {
      const before = structuredClone(document);
      expect(patched(before, operations)).to.deep.equal(after);
      expect(before).to.deep.equal(document);
    });
  }

  const misfits: Record<string, unknown> = {
    'a test that fails': { op: 'test', path: '/list/0', value: 2 },
    'a place that is not there': { op: 'remove', path: '/x' },
    'a replacement of nothing': { op: 'replace', path: '/x', value: 1 },
    'a place below nothing': { op: 'add', path: '/x/y', value: 1 },
    'a place below a string': { op: 'add', path: '/list/0/x', value: 1 },
    'a place behind the end': { op: 'add', path: '/list/9', value: 1 },
    'the length of a list': { op: 'remove', path: '/list/length' },
    'the prototype': { op: 'add', path: '/__proto__', value: { x: 1 } },
    'a name of the prototype': { op: 'add', path: '/__proto__/x', value: 1 },
    'a pointer without its slash': { op: 'add', path: 'x', value: 1 },
    'a copy of nothing': { op: 'copy', from: '/x', path: '/y' },
    'no path': { op: 'add', value: 1 },
    'no value': { op: 'add', path: '/x' },
    'an unknown operation': { op: 'shout', path: '/x', value: 1 },
    'no operation': 'add',
  };
  for (const [name, operation] of Object.entries(misfits)) {
    it(`leaves the document as it is for ${name}`, () => {
      const added = { op: 'add', path: '/half', value: 1 };
      expect(patched(document, [added, operation])).to.equal(document);
      expect('x' in {}).to.equal(false);
    });
  }
});
