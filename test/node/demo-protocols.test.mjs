import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { EventSchemas } from '@ag-ui/core/schemas';
import { DefaultChatTransport, readUIMessageStream } from 'ai';
import OpenAI from 'openai';

import { presets } from '../../build/demo/presets.js';
import { ask, FOUND, QUESTION, serve } from '../demo/backend.mjs';
import { eventsIn, textIn } from '../demo/events.mjs';
import { WIRE } from '../demo/wire.mjs';

const textOf = async (response) => (await response).text();
const valuesIn = (id, stream) => eventsIn(id, stream).map(({ value }) => value);
const typesIn = (id, stream) => [...new Set(valuesIn(id, stream).map(({ type }) => type))];

describe('requests', () => {
  const tolerant = presets.filter(({ id }) => !['theo', 'rubyllm', 'printer', 'openai'].includes(id));

  for (const { id } of tolerant) {
    it(`${id}: the general body is understood too`, async () => {
      const body = { message: QUESTION, messages: [{ role: 'user', content: QUESTION }] };
      const stream = await textOf(ask(await serve(), id, { body }));
      assert.ok(textIn(id, stream).includes(FOUND));
      assert.match(stream, WIRE[id].end);
    });

    it(`${id}: one without a question is refused in JSON`, async () => {
      const url = await serve();
      for (const body of [{}, { messages: [null, { role: 'tool' }], input: [3], message: { parts: 1 } }]) {
        const refused = await ask(url, id, { body });
        assert.ok(refused.status === 400 || refused.status === 422, String(refused.status));
        assert.equal(typeof (await refused.json()), 'object');
      }
    });
  }

  it('several turns: the last question is answered', async () => {
    const url = await serve();
    const others = (text) => [{ text }];
    const bodies = {
      'openai-responses': {
        input: [
          { role: 'user', content: [{ type: 'input_text', text: 'Hello?' }] },
          { role: 'assistant', content: [{ type: 'output_text', text: 'Yes.' }] },
          { type: 'message', role: 'user', content: [{ type: 'input_text', text: QUESTION }] },
        ],
      },
      gemini: {
        contents: [
          { role: 'user', parts: others('Hello?') },
          { role: 'model', parts: others('Yes.') },
          { role: 'user', parts: others(QUESTION) },
        ],
      },
      'ai-sdk': {
        messages: [
          { role: 'user', parts: [{ type: 'text', text: 'Hello?' }] },
          { role: 'assistant', parts: [{ type: 'step-start' }, { type: 'text', text: 'Yes.' }] },
          { role: 'user', parts: [{ type: 'text', text: QUESTION }] },
        ],
      },
      langserve: { input: { messages: [{ type: 'human', content: QUESTION }] } },
    };
    for (const [id, body] of Object.entries(bodies)) {
      assert.ok(textIn(id, await textOf(ask(url, id, { body }))).includes(FOUND), id);
    }
  });
});

describe("clients of others read the demo's protocols", () => {
  it('openai-responses: the openai package', async () => {
    const client = new OpenAI({ baseURL: `${await serve()}v1`, apiKey: 'none', maxRetries: 0 });
    const stream = client.responses.stream({ model: 'demo', input: QUESTION });
    const { id, output, output_text, usage, status } = await stream.finalResponse();
    assert.match(id, /^resp_/);
    assert.equal(status, 'completed');
    assert.ok(output_text.includes(FOUND));
    const [call, message] = output;
    assert.deepEqual(
      [call.type, call.name, JSON.parse(call.arguments)],
      ['mcp_call', 'search_docs', { query: QUESTION }],
    );
    assert.ok(JSON.parse(call.output).hits.length);
    assert.match(message.content[0].annotations[0].url, /README\.md#point-it-at-a-backend$/);
    assert.ok(usage.output_tokens > 0);
  });

  it('ai-sdk: the ai package', async () => {
    const transport = new DefaultChatTransport({ api: `${await serve()}ai-sdk/chat` });
    const messages = [{ id: 'm1', role: 'user', parts: [{ type: 'text', text: QUESTION }] }];
    const stream = await transport.sendMessages({ chatId: 'c1', messages, trigger: 'submit-message' });
    let last;
    const onError = (error) => assert.fail(error);
    for await (last of readUIMessageStream({ stream, onError }));
    const part = (type) => last.parts.find((part) => part.type === type);
    assert.ok(part('text').text.includes(FOUND));
    assert.equal(part('tool-search_docs').state, 'output-available');
    assert.match(part('source-url').url, /README\.md#point-it-at-a-backend$/);
    assert.ok(last.metadata.usage.outputTokens > 0);
  });

  it('ag-ui: the schemas of @ag-ui/core', async () => {
    for (const query of ['', 'misbehave=error']) {
      const stream = await textOf(ask(await serve(), 'ag-ui', { query }));
      const values = valuesIn('ag-ui', stream);
      for (const value of values) EventSchemas.parse(value);
      assert.deepEqual([values[0].threadId, values[0].runId], ['thread-1', 'run-1']);
      const count = (type) => values.filter((value) => value.type === type).length;
      if (!query) assert.equal(count('STEP_STARTED'), count('STEP_FINISHED'));
    }
  });
});

describe('the particulars of each protocol', () => {
  it('anthropic: a tool that the server ran, its result, and one block of text', async () => {
    const stream = await textOf(ask(await serve(), 'anthropic'));
    const blocks = valuesIn('anthropic', stream).filter(({ type }) => type === 'content_block_start');
    assert.deepEqual(
      blocks.map(({ index, content_block }) => [index, content_block.type]),
      [
        [0, 'mcp_tool_use'],
        [1, 'mcp_tool_result'],
        [2, 'text'],
      ],
    );
    assert.match(stream, /"type":"citations_delta","citation":\{"type":"web_search_result_location"/);
    const names = eventsIn('anthropic', stream).map(({ name, value }) => name === value.type);
    assert.ok(names.every(Boolean), 'names repeat the types');
  });

  it('openai-responses: numbered without a gap, the same types in names and data', async () => {
    const events = eventsIn('openai-responses', await textOf(ask(await serve(), 'openai-responses')));
    events.forEach(({ name, value }, index) => {
      assert.equal(name, value.type);
      assert.equal(value.sequence_number, index);
    });
  });

  it('gemini and langserve: CRLF alone', async () => {
    const url = await serve();
    for (const id of ['gemini', 'langserve']) {
      assert.doesNotMatch(await textOf(ask(url, id)), /(?<!\r)\n/, id);
    }
  });

  it('ai-sdk: its header, two steps', async () => {
    const url = await serve();
    const response = await ask(url, 'ai-sdk');
    assert.equal(response.headers.get('x-vercel-ai-ui-message-stream'), 'v1');
    assert.equal((await response.text()).match(/"start-step"/g).length, 2);
    const older = await ask(url, 'ai-sdk-v4');
    assert.equal(older.headers.get('x-vercel-ai-data-stream'), 'v1');
    assert.match(await older.text(), /^f:\{"messageId":".+"\}\nb:.+\nc:.+\n9:.+\na:.+\ne:.+\nf:/);
  });

  it('langgraph: ids that count, chunks of a call, and a thread of its own address', async () => {
    const url = await serve();
    const stream = await textOf(ask(url, 'langgraph'));
    const ids = [...stream.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    assert.deepEqual(
      ids,
      ids.map((_, index) => index + 1),
    );
    assert.match(stream, /"tool_call_chunks":\[\{"type":"tool_call_chunk","index":0,"id":"call-1"/);
    const body = JSON.stringify(WIRE.langgraph.asks(QUESTION));
    const ofThread = await fetch(new URL('threads/t1/runs/stream', url), { method: 'POST', body });
    assert.match(await ofThread.text(), /"thread_id":"t1"/);
  });

  it('cohere: only the plan of a search, citations that know their document', async () => {
    const stream = await textOf(ask(await serve(), 'cohere'));
    assert.match(stream, /"type":"tool-plan-delta"/);
    assert.match(stream, /"sources":\[\{"type":"document","id":"doc:0","document":\{"id":"doc:0","title":/);
  });

  it('a2a: a task that was submitted, works and is completed', async () => {
    const stream = await textOf(ask(await serve(), 'a2a'));
    const states = [...stream.matchAll(/TASK_STATE_([A-Z]+)/g)].map(([, state]) => state);
    assert.deepEqual([...new Set(states)], ['SUBMITTED', 'WORKING', 'COMPLETED']);
    const [first, ...others] = valuesIn('a2a', stream).filter(({ artifactUpdate }) => artifactUpdate);
    assert.equal(first.artifactUpdate.append, undefined);
    assert.ok(others.every(({ artifactUpdate }) => artifactUpdate.append));
  });

  it('dify: ASCII alone, and a thought that is sent again', async () => {
    const question = `${QUESTION} 😊 “é”`;
    const stream = await textOf(ask(await serve(), 'dify', { question }));
    assert.doesNotMatch(stream, /[\u0080-\uffff]/);
    const thoughts = valuesIn('dify', stream).filter(({ event }) => event === 'agent_thought');
    assert.equal(thoughts.length, 2);
    assert.equal(thoughts[0].id, thoughts[1].id);
    assert.deepEqual(JSON.parse(thoughts[0].tool_input), { search_docs: { query: question } });
  });

  it('flowise: a line before each event, the first token twice', async () => {
    const stream = await textOf(ask(await serve(), 'flowise'));
    assert.match(
      stream,
      /\n\nmessage:\ndata:\{"event":"start","data":"The"\}\n\nmessage:\n.+"token","data":"The"/,
    );
    assert.match(
      stream,
      /"event":"sourceDocuments","data":\[\{"pageContent":".+","metadata":\{"source":"http/,
    );
  });

  it('chatkit-python: an item is announced, grows and is done', async () => {
    const stream = await textOf(ask(await serve(), 'chatkit-python'));
    assert.deepEqual(typesIn('chatkit-python', stream), [
      'thread.created',
      'thread.item.done',
      'stream_options',
      'progress_update',
      'thread.item.added',
      'thread.item.updated',
    ]);
    const values = valuesIn('chatkit-python', stream);
    const part = values.at(-1).item.content[0];
    assert.equal(part.text, textIn('chatkit-python', stream));
    assert.match(part.annotations[0].source.url, /README\.md#point-it-at-a-backend$/);
  });

  it('those that keep the conversation go on with a thread they named', async () => {
    const url = await serve();
    const stream = await textOf(ask(url, 'flowise'));
    const { chatId } = valuesIn('flowise', stream).find(({ event }) => event === 'metadata').data;
    const again = await textOf(ask(url, 'flowise', { body: { question: 'And then?', chatId } }));
    assert.ok(again.includes(chatId));
  });
});
