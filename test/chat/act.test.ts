import { Chat, textOf } from '../../src/headless.js';
import { expect, play } from '../support/index.js';

const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const widget = (label: string) => ({ type: 'Card', children: [{ type: 'Button', label }] });
const item = (id: string, rest: object) => event({ type: 'thread.item.done', item: { id, ...rest } });

describe('what a person does in a widget', () => {
  it('is told to the backend, changes the widget where it stands, and brings its answer', async () => {
    const server = await play({
      answers: [
        {
          steps: [
            {
              write:
                event({ type: 'thread.created', thread: { id: 't1' } }) +
                item('w1', { type: 'widget', widget: widget('Save') }),
            },
          ],
        },
        {
          steps: [
            {
              write: event({
                type: 'thread.item.updated',
                item_id: 'w1',
                update: { type: 'widget.root.updated', widget: widget('Saved') },
              }),
            },
          ],
        },
        {
          steps: [
            {
              write: item('a2', {
                type: 'assistant_message',
                content: [{ type: 'output_text', text: 'Done.' }],
              }),
            },
          ],
        },
      ],
    });
    const chat = new Chat({ endpoint: `${server.url}/chatkit` });
    await chat.send('Show me');
    expect(chat.status.get()).to.equal('complete');

    await chat.act({ type: 'save', payload: { a: 1 }, itemId: 'w1' });
    expect(chat.status.get()).to.equal('complete');
    expect(chat.messages.get(), 'no empty answer').to.have.length(2);
    const part = chat.messages.get()[1]?.parts.find(({ id }) => id === 'w1');
    expect(part).to.deep.include({ data: widget('Saved') });

    await chat.act({ type: 'finish', itemId: 'w1' });
    expect(chat.messages.get()).to.have.length(3);
    expect(textOf(chat.messages.get()[2]!)).to.equal('Done.');
    const bodies = (await server.requests(3)).map(({ body }) => JSON.parse(body));
    expect(bodies[1]).to.deep.equal({
      type: 'threads.custom_action',
      params: { thread_id: 't1', item_id: 'w1', action: { type: 'save', payload: { a: 1 } } },
    });
  });

  it('that fails ends in its error, not in an endless wait', async () => {
    const server = await play({
      answers: [{ steps: [{ write: event({ type: 'error', code: 'custom', message: 'Sold out' }) }] }],
    });
    const chat = new Chat({ endpoint: `${server.url}/chatkit`, threadId: 't1' });
    await chat.act({ type: 'book', itemId: 'w1' });
    expect(chat.status.get()).to.equal('error');
    expect(chat.error.get()).to.include({ code: 'backend', backendMessage: 'Sold out' });
    expect(chat.busy).to.equal(false);
  });

  it('is refused where the protocol takes no actions, and nothing is sent', async () => {
    const server = await play({ answers: [{}] });
    const chat = new Chat({ endpoint: server.url });
    await chat.act({ type: 'save' });
    expect(chat.error.get()).to.include({ code: 'protocol', detail: 'unsupported' });
    expect(await server.requests()).to.have.length(0);
  });
});
