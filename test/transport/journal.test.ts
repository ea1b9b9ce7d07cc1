import { Journal } from '../../src/transport/journal.js';
import type { WireEvent } from '../../src/wire/wire-event.js';
import { expect } from '../support/index.js';

const said = (data: string, id: string | number = '', name = ''): WireEvent => ({
  name,
  data,
  id: String(id),
});

/** A journal of an answer that was cut after these events, and goes on after the last id. */
function cutAfter(...events: WireEvent[]): Journal {
  const journal = new Journal();
  journal.take(events);
  goOn(journal);
  return journal;
}

const goOn = (journal: Journal): void => journal.reconnected(journal.lastEventId);

/** What is left of a piece, in words; with a mark where it is the start of the answer. */
function left(journal: Journal, ...events: WireEvent[]): string {
  const { events: fresh, replay } = journal.take(events);
  return `${replay ? 'anew: ' : ''}${fresh.map(({ data }) => data).join(' ')}`;
}

describe('the journal of an answer', () => {
  it('lets everything pass before a cut, also what comes twice', () => {
    const journal = new Journal();
    expect(left(journal, said('a', 1), said('a', 1), said('a'))).to.equal('a a a');
    expect(journal.end()).to.deep.equal({ events: [], replay: false });
  });

  describe('knows where to go on', () => {
    it('at the last id that came', () => {
      const journal = new Journal();
      expect(journal.lastEventId).to.equal('');
      journal.take([said('a')]);
      expect(journal.lastEventId).to.equal('');
      journal.take([said('a', 1), said('b', 2), said('c')]);
      expect(journal.lastEventId).to.equal('2');
    });

    it('unless the id is longer than a header should be, in bytes', () => {
      const idOf = (id: string) => {
        const journal = new Journal();
        journal.take([said('a', id)]);
        return journal.lastEventId;
      };
      expect(idOf('é'.repeat(512))).to.have.length(512);
      expect(idOf(`${'é'.repeat(512)}x`)).to.equal('');
    });

    it('unless more came after the id than is remembered; the next id is a place again', () => {
      const journal = new Journal();
      journal.take([said('a', 1), ...Array.from({ length: 9999 }, () => said('b'))]);
      expect(journal.lastEventId).to.equal('1');
      journal.take([said('b')]);
      expect(journal.lastEventId).to.equal('');
      journal.take([said('b')]);
      expect(journal.lastEventId).to.equal('');
      journal.take([said('c', 2), said('d')]);
      expect(journal.lastEventId).to.equal('2');
      goOn(journal);
      expect(left(journal, said('d'), said('e'))).to.equal('e');
    });
  });

  describe('after a cut', () => {
    it('takes what comes as the start where nothing was asked for after an id', () => {
      const journal = new Journal();
      journal.take([said('a'), said('b')]);
      journal.reconnected('');
      expect(left(journal)).to.equal('');
      expect(left(journal, said('x'), said('y'))).to.equal('anew: x y');
      expect(left(journal, said('z')), 'only its first piece').to.equal('z');
    });

    it('takes what comes as the start where nothing had come', () => {
      const journal = new Journal();
      journal.reconnected('7');
      expect(left(journal, said('a', 8))).to.equal('anew: a');
    });

    it('tells the start by its id where ids differ', () => {
      expect(left(cutAfter(said('a', 1), said('b', 2)), said('other', 1))).to.equal('anew: other');
      expect(left(cutAfter(said('a', 1), said('b', 2)), said('a', 3))).to.equal('a');
      expect(left(cutAfter(said('a', 1)), said('a', 2)), 'also after a single one').to.equal('a');
    });

    it('tells the start by its first four events where one id stands on all', () => {
      const four = ['a', 'b', 'a', 'b'].map((data) => said(data, 'm'));
      const journal = cutAfter(...four, said('c', 'm'));
      for (const event of four.slice(0, 3)) expect(left(journal, event)).to.equal('');
      expect(left(journal, four[3]!)).to.equal('anew: a b a b');

      const other = cutAfter(...four, said('c', 'm'));
      expect(left(other, ...four.slice(0, 3)), 'held back until it is clear').to.equal('');
      expect(left(other, said('d', 'm'))).to.equal('d');
      expect(left(cutAfter(...four), ...four, said('d', 'm')), 'in one piece').to.equal('anew: a b a b d');
    });

    it('tells the start by names as well as by data', () => {
      const events = ['a', 'b'].map((data) => said(data, 'm', 'chunk'));
      expect(left(cutAfter(...events), ...events)).to.equal('anew: a b');
      const others = ['a', 'b'].map((data) => said(data, 'm', 'thought'));
      expect(left(cutAfter(...events), ...others, said('c', 'm'))).to.equal('c');
    });

    it('takes what may be the start for it where nothing more comes', () => {
      const journal = cutAfter(said('a', 'm'), said('b', 'm'));
      expect(left(journal, said('a', 'm'))).to.equal('');
      const { events, replay } = journal.end();
      expect(events.map(({ data }) => data)).to.deep.equal(['a']);
      expect(replay).to.equal(true);
      expect(journal.end(), 'told once').to.deep.equal({ events: [], replay: false });
    });

    it('where nothing comes at all, is as it was', () => {
      expect(cutAfter(said('a', 1)).end()).to.deep.equal({ events: [], replay: false });
    });

    it('leaves out events whose ids it has seen, and those that followed the last id', () => {
      const seen = [said('a', 1), said('b', 2), said('c', 3), said('d'), said('e')];
      expect(left(cutAfter(...seen), said('b', 2), said('c', 3), said('d'), said('e'), said('f'))).to.equal(
        'f',
      );
      expect(left(cutAfter(...seen), said('d'), said('e'), said('e'))).to.equal('e');
      expect(left(cutAfter(...seen), said('d'), said('f'), said('e')), 'new from there on').to.equal('f e');
      expect(left(cutAfter(...seen), said('b', 2), said('f', 4), said('c', 3)), 'likewise').to.equal('f c');
    });

    it('goes by the order of what followed: an event out of it is a new one', () => {
      const seen = [said('a', 1), said('b', 2), said('c'), said('d')];
      expect(left(cutAfter(...seen), said('d'), said('c'))).to.equal('d c');
      expect(left(cutAfter(...seen), said('c'), said('e', 2), said('d'))).to.equal('e d');
    });

    it('leaves out the last event itself once, not another that says the same', () => {
      const seen = [said('x', 'n'), said('no', 'm')];
      expect(left(cutAfter(...seen), said('no', 'm'), said('no', 'm'))).to.equal('no');
      expect(left(cutAfter(...seen), said('no')), 'without an id it follows').to.equal('no');
    });

    it('remembers what came over several pieces, and over several cuts', () => {
      const journal = cutAfter(said('a', 1), said('b', 2));
      expect(left(journal, said('b', 2))).to.equal('');
      expect(left(journal, said('c', 3))).to.equal('c');
      expect(left(journal, said('b', 2)), 'the backend is past that').to.equal('b');
      goOn(journal);
      expect(left(journal, said('a', 1), said('d', 4))).to.equal('anew: a d');
    });

    it('forgets the ids that are longest ago', () => {
      const journal = new Journal();
      journal.take(Array.from({ length: 100_001 }, (_, index) => said('a', index)));
      goOn(journal);
      expect(left(journal, said('second', 1), said('old', 0))).to.equal('old');
    });
  });

  describe('after a new start', () => {
    it('goes by the new answer’s ids alone', () => {
      const journal = cutAfter(said('a', 1), said('b', 2), said('c', 3));
      expect(left(journal, said('A', 1), said('B', '2b'))).to.equal('anew: A B');
      goOn(journal);
      expect(left(journal, said('C', 3), said('D', 2))).to.equal('C D');
    });

    it('goes by what followed the last id in the new one', () => {
      const journal = cutAfter(said('a', 'm'), said('b'), said('c'), said('d'), said('e'));
      const again = [said('b'), said('c'), said('d'), said('x')];
      expect(left(journal, said('a', 'm'), ...again)).to.equal('anew: a b c d x');
      goOn(journal);
      expect(left(journal, ...again, said('y'))).to.equal('y');
    });

    it('tells the start by the new answer’s first events', () => {
      const journal = new Journal();
      journal.take([said('a'), said('b')]);
      journal.reconnected('');
      journal.take([said('x', 'm'), said('y', 'm')]);
      goOn(journal);
      expect(left(journal, said('x', 'm'), said('y', 'm'))).to.equal('anew: x y');
    });

    it('can be lost and found again as before', () => {
      const journal = new Journal();
      journal.take([said('a', 1), ...Array.from({ length: 10_000 }, () => said('b'))]);
      expect(journal.lastEventId).to.equal('');
      journal.reconnected('');
      journal.take([said('a', 1)]);
      expect(journal.lastEventId).to.equal('1');
    });
  });
});
