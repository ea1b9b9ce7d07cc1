import '../../src/index.js';

import { html } from 'lit';
import type { ChatStreamMessageElement } from '../../src/elements/message.js';
import type { FilePart, Message } from '../../src/model/thread.js';
import { axe, expect, fixture } from '../support/index.js';

const file = (id: string, rest: Partial<FilePart>): FilePart => ({
  type: 'file',
  id,
  done: true,
  mediaType: 'image/png',
  ...rest,
});

const message: Message = {
  id: 'm',
  role: 'assistant',
  status: 'complete',
  createdAt: 0,
  metadata: {},
  parts: [
    file('a', { url: 'https://example.com/chart.png', name: 'chart.png' }),
    file('b', { url: 'data:image/png;base64,AAAA' }),
    file('c', { url: 'data:text/html,<script>alert(1)</script>', name: 'page.html', mediaType: 'text/html' }),
    file('d', { url: 'javascript:alert(1)', name: 'trap' }),
    file('e', { name: 'stored.pdf', mediaType: 'application/pdf' }),
  ],
};

describe('the files of an answer', () => {
  it('are named, and open or save on a click; nothing is fetched by itself, and nothing active is linked', async () => {
    const element = await fixture<ChatStreamMessageElement>(
      html`<chat-stream-message .message=${message}></chat-stream-message>`,
    );
    const pills = [...element.shadowRoot!.querySelectorAll('[part=file]')];
    expect(pills.map((pill) => pill.textContent?.trim())).to.deep.equal([
      'chart.png',
      'image/png',
      'page.html',
      'trap',
      'stored.pdf',
    ]);
    expect(pills.map((pill) => pill.getAttribute('href'))).to.deep.equal([
      'https://example.com/chart.png',
      'data:image/png;base64,AAAA',
      null,
      null,
      null,
    ]);
    expect(pills[0]?.getAttribute('rel')).to.include('noopener');
    expect(pills[1]?.hasAttribute('download')).to.equal(true);
    expect(element.shadowRoot!.querySelector('img, iframe, object')).to.equal(null);
    await axe(element);
  });
});
