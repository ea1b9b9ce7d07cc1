import { protocolOfPath } from '../../src/protocols/registry.js';
import { expect } from '../support/index.js';

const known: Record<string, string[]> = {
  'openai-chat': ['/chat/completions', '/v1/chat/completions'],
  'openai-responses': ['/responses', '/v1/responses'],
  'openai-assistants': ['/v1/threads/runs', '/v1/threads/thread_1/runs'],
  anthropic: ['/v1/messages'],
  gemini: ['/v1beta/models/gemini-pro:streamGenerateContent'],
  'gemini-interactions': ['/v1/interactions', '/v1alpha/interactions', '/v1beta/interactions'],
  chatkit: ['/chatkit'],
  langgraph: ['/runs/stream', '/threads/t/runs/stream'],
  ollama: ['/api/generate'],
  cohere: ['/v2/chat'],
  'a2a-rest': ['/message:stream', '/v1/message:stream'],
  dify: ['/v1/chat-messages'],
  flowise: ['/api/v1/prediction/flow-1'],
  n8n: ['/webhook/b-1/chat', '/webhook/a/b/chat'],
  completion: ['/completion', '/generate_stream'],
  coze: ['/v3/chat'],
};

describe('the path of an endpoint', () => {
  for (const [name, paths] of Object.entries(known)) {
    it(`tells ${name}, with or without a host, a query, a fragment and slashes behind it`, () => {
      for (const path of paths) {
        for (const end of ['', '/', '//', '?key=1', '?alt=sse#x', '#x', '/?a=/b/'])
          for (const host of ['', 'https://a.example', 'https://a.example/base'])
            expect(protocolOfPath(host + path + end), host + path + end).to.equal(name);
      }
    });

    it(`that only begins like one of ${name} does not tell it`, () => {
      for (const path of paths)
        for (const end of ['x/y', '/x/y', '-x/y'])
          expect(protocolOfPath(path + end), path + end).to.equal(undefined);
    });
  }

  it('tells nothing where any may be behind it', () => {
    for (const path of [
      ...['', '/', '/chat', '/api/chat', 'https://a.example', '/v1/threads//runs', '/v1/threads/a/b/runs'],
      ...[
        '/prediction/',
        '/webhook//chat',
        '/v1gamma/interactions',
        '/chat?next=/v1/messages',
        '/chat#/chatkit',
      ],
    ])
      expect(protocolOfPath(path), path).to.equal(undefined);
  });
});
