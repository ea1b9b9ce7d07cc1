import { anthropic } from '../../src/protocols/anthropic.js';
import { expect } from '../support/index.js';
import { asked, file, text } from './lines.js';

describe('a request of the anthropic protocol', () => {
  it('holds the history, the system message apart and files as blocks', () => {
    const { body, headers } = anthropic.encode(
      asked([
        ['system', 'Be brief.'],
        ['user', 'Hi'],
        ['assistant', 'Hello'],
        ['assistant', ''],
        ['assistant', '\n\n'],
        [
          'user',
          [
            text('And now?'),
            file('image/png', 'data:image/png;base64,QUJD'),
            file('image/jpeg', 'https://a.example/b.jpg'),
            file('application/pdf', 'data:application/pdf;base64,QUJD', 'a.pdf'),
            file('text/plain', 'data:text/plain;base64,w6Q='),
            file('video/mp4', 'data:video/mp4;base64,QUJD'),
            file('image/png', 'blob:x'),
          ],
        ],
      ]),
    );
    expect(headers).to.deep.equal({ 'anthropic-version': '2023-06-01' });
    expect(body).to.deep.equal({
      max_tokens: 4096,
      system: 'Be brief.',
      stream: true,
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Hello' },
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'QUJD' } },
            { type: 'image', source: { type: 'url', url: 'https://a.example/b.jpg' } },
            {
              type: 'document',
              source: { type: 'base64', media_type: 'application/pdf', data: 'QUJD' },
              title: 'a.pdf',
            },
            { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'ä' } },
            { type: 'text', text: 'And now?' },
          ],
        },
      ],
    });
  });
});
