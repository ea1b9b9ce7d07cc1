import type { Part } from '../../src/model/thread.js';
import { geminiInteractions } from '../../src/protocols/gemini/interactions.js';
import { gemini } from '../../src/protocols/gemini.js';
import { expect } from '../support/index.js';
import { asked, file, text } from './lines.js';

describe('requests of the gemini protocols', () => {
  it('hold the history, the system message apart and files by bytes or address', () => {
    const { body } = gemini.encode(
      asked([
        ['system', 'Be brief.'],
        ['user', 'Hi'],
        ['assistant', 'Hello'],
        ['assistant', ''],
        [
          'user',
          [
            text('And now?'),
            file('image/png', 'data:image/png;base64,QUJD'),
            file('application/pdf', 'gs://bucket/a.pdf'),
            file('image/png', 'blob:x'),
          ],
        ],
      ]),
    );
    expect(body).to.deep.equal({
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'Hi' }] },
        { role: 'model', parts: [{ text: 'Hello' }] },
        {
          role: 'user',
          parts: [
            { inlineData: { mimeType: 'image/png', data: 'QUJD' } },
            { fileData: { mimeType: 'application/pdf', fileUri: 'gs://bucket/a.pdf' } },
            { text: 'And now?' },
          ],
        },
      ],
    });
  });

  it('hold the question alone, after the last interaction of the thread', () => {
    const ask = (threadId: string | null, ...files: Part[]) =>
      geminiInteractions.encode(asked([['user', [text('Hi'), ...files]]], threadId)).body;
    expect(ask(null)).to.deep.equal({ input: 'Hi', stream: true });
    expect(
      ask(
        'i1',
        file('image/png', 'data:image/png;base64,QUJD'),
        file('application/pdf', 'https://a.example/b.pdf'),
      ),
    ).to.deep.equal({
      input: [
        { type: 'image', mime_type: 'image/png', data: 'QUJD' },
        { type: 'document', mime_type: 'application/pdf', uri: 'https://a.example/b.pdf' },
        { type: 'text', text: 'Hi' },
      ],
      stream: true,
      previous_interaction_id: 'i1',
    });
  });
});
