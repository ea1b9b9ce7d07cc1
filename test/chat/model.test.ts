import fc from 'fast-check';
import { tries } from '../support/seed.js';
import { Chat, ChatError, textOf, type ChatFact, type RunEvent, type Transport } from '../../src/headless.js';
import { expect, until } from '../support/index.js';

/** What a person and a backend know of a chat: the simplest thing that behaves like it. */
interface Model {
  texts: string[];
  status: string;
  ended: number;
}

/** A chat whose backend is in the test's hand. */
class Real {
  readonly facts: ChatFact[] = [];
  #asked = 0;
  #pieces: (readonly RunEvent[] | Error)[] = [];
  #wake: () => void = () => {};
  /** Whether the backend was asked, and can answer. */
  listening = false;
  readonly #transport: Transport = {
    run: (_request, signal) => this.#run(signal),
  };
  readonly chat = new Chat({ transport: this.#transport });

  constructor() {
    this.chat.observe((fact) => this.facts.push(fact));
  }

  async *#run(signal: AbortSignal): AsyncGenerator<readonly RunEvent[], void, void> {
    const own = ++this.#asked;
    this.#pieces = [];
    this.listening = true;
    // A run that is over is read on for two seconds: what is handed over by then is for the next one.
    while (!signal.aborted && own === this.#asked) {
      const piece = this.#pieces.shift();
      if (piece instanceof Error) throw piece;
      if (piece && !piece.length) return;
      if (piece) yield piece;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async asked(): Promise<void> {
    await until(() => this.listening);
  }

  hand(piece: readonly RunEvent[] | Error): void {
    this.#pieces.push(piece);
    this.#wake();
  }
}

/** A run's own steps are settled promises and what was fetched once: a few tasks are enough. */
async function settled(): Promise<void> {
  for (let n = 0; n < 3; n++) await new Promise((resolve) => setTimeout(resolve));
}

const runs = ({ status }: Model): boolean => status === 'loading' || status === 'streaming';

abstract class Step implements fc.AsyncCommand<Model, Real> {
  check(_model: Readonly<Model>): boolean {
    return true;
  }
  abstract act(model: Model, real: Real): Promise<void> | void;
  async run(model: Model, real: Real): Promise<void> {
    await this.act(model, real);
    await settled();
    const { chat, facts } = real;
    const shown = () => JSON.stringify([chat.status.get(), ...chat.messages.get().map(textOf)]);
    const wanted = JSON.stringify([model.status, ...model.texts]);
    await until(() => shown() === wanted, `${String(this)}: not ${wanted}`);
    expect(chat.busy, String(this)).to.equal(runs(model));
    const count = (type: ChatFact['type']) => facts.filter((fact) => fact.type === type).length;
    expect(count('run-ended'), String(this)).to.equal(model.ended);
    expect(count('run-started'), String(this)).to.equal(model.ended + Number(chat.busy));
    // A message never claims to be whole that is not, and nothing streams where nothing runs.
    const last = chat.messages.get().at(-1);
    if (last?.role === 'assistant' && model.status !== 'idle')
      expect(last.status, String(this)).to.equal(runs(model) ? 'streaming' : model.status);
  }
  toString(): string {
    return this.constructor.name;
  }
}

class Send extends Step {
  readonly text: string;
  constructor(text: string) {
    super();
    this.text = text;
  }
  act(model: Model, real: Real): Promise<void> | void {
    const { chat } = real;
    real.listening &&= runs(model);
    const asks = !runs(model) && this.text.trim() !== '';
    void chat.send(this.text);
    // Enter and a click at once.
    void chat.send(this.text);
    if (!asks) return;
    model.texts.push(this.text, '');
    model.status = 'loading';
    return real.asked();
  }
  override toString(): string {
    return `Send(${JSON.stringify(this.text)})`;
  }
}

class Stop extends Step {
  act(model: Model, { chat }: Real): void {
    chat.stop();
    chat.stop();
    if (!runs(model)) return;
    model.status = 'stopped';
    model.ended++;
  }
}

class Deliver extends Step {
  readonly text: string;
  constructor(text: string) {
    super();
    this.text = text;
  }
  act(model: Model, real: Real): void {
    real.hand([{ type: 'part-delta', id: 'text', delta: this.text }]);
    if (!runs(model)) return;
    model.texts[model.texts.length - 1] += this.text;
    model.status = 'streaming';
  }
  override toString(): string {
    return `Deliver(${JSON.stringify(this.text)})`;
  }
}

class End extends Step {
  act(model: Model, real: Real): void {
    // Twice, and with more behind it: as some backends do.
    const late: RunEvent = { type: 'part-delta', id: 'text', delta: 'late' };
    real.hand([{ type: 'run-end' }, late, { type: 'run-end' }]);
    if (!runs(model)) return;
    model.status = 'complete';
    model.ended++;
  }
}

class Cut extends Step {
  act(model: Model, real: Real): void {
    real.hand([]);
    if (!runs(model)) return;
    model.status = 'error';
    model.ended++;
  }
}

class Fail extends Step {
  act(model: Model, real: Real): void {
    real.hand(new ChatError('network', 'gone'));
    if (!runs(model)) return;
    model.status = 'error';
    model.ended++;
  }
}

class Regenerate extends Step {
  act(model: Model, real: Real): Promise<void> | void {
    const { chat } = real;
    real.listening &&= runs(model);
    const asks = !runs(model) && model.texts.length > 0;
    void chat.regenerate();
    void chat.regenerate();
    if (!asks) return;
    // Question and answer take turns.
    model.texts[model.texts.length - 1] = '';
    model.status = 'loading';
    return real.asked();
  }
}

class Clear extends Step {
  act(model: Model, { chat }: Real): void {
    chat.clear();
    if (runs(model)) model.ended++;
    model.texts = [];
    model.status = 'idle';
  }
}

const words = fc.string({ minLength: 1, maxLength: 5 });
const commands = fc.commands(
  [
    fc.string({ maxLength: 5 }).map((text) => new Send(text)),
    words.map((text) => new Send(`${text}?`)),
    words.map((text) => new Deliver(text)),
    words.map((text) => new Deliver(text)),
    ...[Stop, End, Cut, Fail, Regenerate, Clear].map((Command) => fc.constant(new Command())),
  ],
  { maxCommands: 30 },
);

describe('a chat against a model of it', () => {
  it('is in the state that it should be in, after any actions of a person and a backend', async () => {
    await fc.assert(
      fc.asyncProperty(commands, async (steps) => {
        const real = new Real();
        await fc.asyncModelRun(() => ({ model: { texts: [], status: 'idle', ended: 0 }, real }), steps);
        real.chat.stop();
      }),
      tries(60),
    );
  });
});
