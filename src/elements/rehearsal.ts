import { css } from 'lit';
import { Chat } from '../chat/chat.js';
import { scheduleFrame } from '../chat/schedule.js';

/** What answers are made of. Code of no language: the grammar of one may be fetched for nothing. */
const passage = `## Words in **many** places

Some words and \`code\`, *more* of them, and [a link](https://example.com/ "title"); a price of $5, an address like
https://example.com/a_b and a line that ends here.

- one **item**
- another one with \`code.of(it)\`
  1. and one below
  2. and the next

> What was said, and what was
> said after it.

| one | two |
| --- | --: |
| a word | 1 |
| **more** words | 2 |

\`\`\`
const words = of(code);
\`\`\`

`;
/** Engines compile what runs more than once; a third time gains nothing more. */
const answer = passage.repeat(2);
/** Characters of the answer in one frame, and in one event. */
const perFrame = 240;
const perEvent = 4;

const nextFrame = () => new Promise<void>((resolve) => scheduleFrame(resolve));

const event = (content: string): string => {
  const choices = [{ index: 0, delta: { content }, finish_reason: null }];
  return `data: ${JSON.stringify({ id: '1', object: 'chat.completion.chunk', created: 1, model: '', choices })}\n\n`;
};

/** The answer as an event stream, a piece of it in each frame. */
async function* events(): AsyncGenerator<string, void, void> {
  for (let from = 0; from < answer.length; from += perFrame) {
    await nextFrame();
    const piece = answer.slice(from, from + perFrame);
    yield piece
      .match(new RegExp(`[^]{1,${perEvent}}`, 'g'))!
      .map(event)
      .join('');
  }
  yield 'data: [DONE]\n\n';
}

function stream(pieces: AsyncGenerator<string, void, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
    },
    { highWaterMark: 0 },
  );
}

const unseen = css`
  :host {
    position: fixed;
    inset: 0;
    display: flex;
    visibility: hidden;
    contain: strict;
  }
`.styleSheet!;

let rehearsed: Promise<void> | undefined;

/**
 * Rehearses where nobody did on this page, until something is asked. Never rejects: should it fail, the first answer takes a
 * little longer.
 */
export function rehearseOnce(root: ParentNode, asked: { readonly chat: Chat | undefined }): Promise<void> {
  return (rehearsed ??= rehearse(root, () => !asked.chat?.busy).catch(() => {}));
}

/**
 * Plays a made-up answer, from its bytes to its layout, where nobody sees or hears it, a little in each frame: so the first
 * real one does not wait for code that runs for the first time. Asks no server, and ends when it is not wanted any more.
 */
export async function rehearse(root: ParentNode, wanted: () => boolean): Promise<void> {
  await customElements.whenDefined('chat-stream-messages');
  if (!wanted()) return;
  const box = document.createElement('div');
  box.inert = true;
  // The page's own renderers, words and chat are none of it.
  box.addEventListener('context-request', (request) => request.stopPropagation());
  const shadow = box.attachShadow({ mode: 'open' });
  shadow.adoptedStyleSheets = [unseen];
  const list = document.createElement('chat-stream-messages');
  const chat = (list.chat = new Chat({
    endpoint: 'https://rehearsal.invalid/',
    protocol: 'openai-chat',
    fetch: async () => new Response(stream(events()), { headers: { 'content-type': 'text/event-stream' } }),
  }));
  shadow.append(list);
  root.append(box);
  let over = false;
  const end = () => void (over = true);
  void chat.send('?').then(nextFrame).then(nextFrame).then(end, end);
  while (!over && wanted()) await nextFrame();
  chat.stop();
  box.remove();
}
