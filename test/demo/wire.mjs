/**
 * What a preset's backend is asked and what it answers, by the preset's id. An entry has
 * `asks`: the request's body in the protocol's own shape;
 * `says`: the text in one event of the answer, nothing if it holds none;
 * `end` and `error`: what ends the stream, and what tells that it failed; without `error` it breaks off;
 * `beat`: the sign of life it sends meanwhile; null if it has none;
 * `links`: whether sources stand in the text, because the protocol has no event for them;
 * `recognised`: the protocol our own client finds; `named`: what a page calls it, where that is another word;
 * `tells`: what that client knows besides the text.
 */

const user = (content) => [{ role: 'user', content }];
const DONE = /data: \{"type":"done"\}\n\ndata: \[DONE\]\n\n$/;
const typedError = /data: \{"type":"error","message":"The model/;
const messages = (question) => ({ model: 'demo', stream: true, messages: user(question) });
const chatKit = (question) => ({
  type: 'threads.create',
  params: { input: { content: [{ type: 'input_text', text: question }] } },
});

const homeMade = {
  general: {
    asks: (question) => ({ message: question, messages: user(question) }),
    says: ({ type, content }) => type === 'text' && content,
    end: DONE,
    error: typedError,
    recognised: 'events',
    tells: ['tool', 'sources', 'thread'],
  },
  chatkit: {
    asks: chatKit,
    says: ({ item }) => item?.type === 'assistant_message' && item.content[0].text,
    end: /"type":"assistant_message".*\n\n$/,
    error: /data: \{"type":"error","code":"stream_error","allow_retry":true\}\n\n$/,
    links: true,
    recognised: 'chatkit',
    tells: ['thread'],
  },
  theo: {
    asks: (question) => ({ content: question }),
    says: ({ content }, event) => event === 'chunk' && content,
    end: /event: done\nid: \d+\ndata: \{\}\n\n$/,
    error: /event: error\nid: \d+\ndata: \{"code":"PROCESSING_ERROR","message":".+"\}\n\n$/,
    beat: /^event: heartbeat\nid: \d+\ndata: \{\}$/gm,
    links: true,
    recognised: 'events',
    tells: ['thread'],
  },
  fastapi: {
    asks: (question) => ({ message: question }),
    says: ({ type, content }) => type === 'text' && content,
    end: DONE,
    error: typedError,
    links: true,
    recognised: 'events',
    tells: ['tool'],
  },
  rubyllm: {
    asks: () => undefined,
    says: (value, event) => !event && value,
    end: /event: complete\ndata: \{\}\n\n$/,
    error: /event: error\ndata: "The model .+"\n\n$/,
    links: true,
    recognised: 'events',
    tells: [],
  },
  printer: {
    asks: (question) => ({
      user_message: question,
      context_node_ids: [],
      project_id: 'demo',
      chat_node_id: 'demo',
    }),
    says: ({ token }) => token,
    end: /event: stream_end\ndata: \{"message_id":".+","status":"complete"\}\n\n$/,
    error: /event: error\ndata: \{"error":".+"\}\n\n$/,
    links: true,
    recognised: 'events',
    tells: ['thread'],
  },
  text: {
    asks: (question) => ({ message: question }),
    type: 'text/plain; charset=utf-8',
    says: (text) => text,
    // It has no end mark: the last thing it says is where the rest can be read.
    end: /\n\nSources:\n\n- \[.+\]\(http.+\)$/,
    beat: null,
    links: true,
    recognised: 'text',
    tells: [],
  },
};

const providers = {
  openai: {
    asks: messages,
    says: ({ choices }) => choices?.[0]?.delta.content,
    end: /"finish_reason":"stop"\}\]\}\n\ndata: \[DONE\]\n\n$/,
    error: /data: \{"error":\{"message":".+"\}?.*\}\n\n$/,
    links: true,
    recognised: 'openai-chat',
    tells: ['sources'],
  },
  'openai-responses': {
    asks: (question) => ({ model: 'demo', stream: true, input: user(question) }),
    says: ({ type, delta }) => type === 'response.output_text.delta' && delta,
    end: /event: response\.completed\ndata: \{"type":"response\.completed",.+"usage":\{.+\}\}\}\n\n$/,
    error: /event: error\ndata: .+\n\nevent: response\.failed\ndata: .+"code":"server_error".+\n\n$/,
    recognised: 'openai-responses',
    tells: ['tool', 'sources', 'usage'],
  },
  anthropic: {
    asks: (question) => ({ ...messages(question), max_tokens: 1024 }),
    says: ({ delta }) => delta?.type === 'text_delta' && delta.text,
    end: /"stop_reason":"end_turn".+\n\nevent: message_stop\ndata: \{"type":"message_stop"\}\n\n$/,
    error: /event: error\ndata: \{"type":"error","error":\{"type":"api_error","message":".+"\}\}\n\n$/,
    beat: /^event: ping$/gm,
    recognised: 'anthropic',
    tells: ['tool', 'sources', 'usage'],
  },
  gemini: {
    asks: (question) => ({ contents: [{ role: 'user', parts: [{ text: question }] }] }),
    says: ({ candidates }) => candidates?.[0].content.parts[0].text,
    end: /"finishReason":"STOP"\}\],"usageMetadata":\{.+\}.+\r\n\r\n$/,
    error: /data: \{"error":\{"code":503,"message":".+","status":"UNAVAILABLE"\}\}\r\n\r\n$/,
    beat: null,
    recognised: 'gemini',
    tells: ['tool', 'sources', 'usage'],
  },
  ollama: {
    asks: messages,
    type: 'application/x-ndjson',
    says: ({ message }) => message?.content,
    end: /"done":true,"done_reason":"stop",.+\}\n$/,
    error: /\{"error":"The model .+"\}\n$/,
    beat: null,
    links: true,
    recognised: 'ollama',
    tells: ['usage'],
  },
  cohere: {
    asks: messages,
    says: ({ type, delta }) => type === 'content-delta' && delta.message.content.text,
    end: /"finish_reason":"COMPLETE".+\n\ndata: \[DONE\]\n\n$/,
    error: /"finish_reason":"ERROR","error":"The model .+\n\ndata: \[DONE\]\n\n$/,
    recognised: 'cohere',
    tells: ['sources', 'usage'],
  },
};

const frameworks = {
  'chatkit-python': {
    asks: chatKit,
    says: ({ update }) => update?.type.endsWith('.text_delta') && update.delta,
    end: /"type":"thread\.item\.done","item":\{.+"type":"assistant_message".+\n\n$/,
    error: /data: \{"type":"error","code":"stream\.error","message":".+","allow_retry":true\}\n\n$/,
    beat: null,
    recognised: 'chatkit',
    tells: ['sources', 'thread'],
  },
  'ai-sdk': {
    asks: (question) => ({
      id: 'chat-1',
      messages: [{ id: 'm1', role: 'user', parts: [{ type: 'text', text: question }] }],
      trigger: 'submit-message',
    }),
    says: ({ type, delta }) => type === 'text-delta' && delta,
    end: /data: \{"type":"finish","finishReason":"stop",.+\}\n\ndata: \[DONE\]\n\n$/,
    error: /data: \{"type":"error","errorText":"The model .+"\}\n\ndata: \[DONE\]\n\n$/,
    recognised: 'ai-sdk',
    tells: ['tool', 'sources', 'usage'],
  },
  'ai-sdk-v4': {
    asks: (question) => ({ id: 'chat-1', messages: user(question) }),
    type: 'text/plain; charset=utf-8',
    says: (value, code) => code === '0' && value,
    end: /\ne:\{"finishReason":"stop",.+\}\nd:\{"finishReason":"stop",.+\}\n$/,
    error: /\n3:"The model .+"\ne:\{"finishReason":"error",.+\}\nd:\{"finishReason":"error",.+\}\n$/,
    beat: null,
    recognised: 'ai-sdk',
    tells: ['tool', 'sources', 'usage'],
  },
  'ag-ui': {
    asks: (question) => ({
      threadId: 'thread-1',
      runId: 'run-1',
      messages: [{ id: 'm1', role: 'user', content: question }],
      tools: [],
      context: [],
      state: {},
      forwardedProps: {},
    }),
    says: ({ type, delta }) => type === 'TEXT_MESSAGE_CONTENT' && delta,
    end: /data: \{"type":"RUN_FINISHED",.+"outcome":\{"type":"success"\},.+\}\n\n$/,
    error: /data: \{"type":"RUN_ERROR",.+"message":"The model .+\}\n\n$/,
    links: true,
    recognised: 'ag-ui',
    tells: ['tool', 'usage', 'thread'],
  },
  langgraph: {
    asks: (question) => ({
      assistant_id: 'agent',
      input: { messages: [{ type: 'human', content: question }] },
      stream_mode: ['messages-tuple'],
    }),
    says: ({ 0: chunk }) => chunk?.type === 'AIMessageChunk' && chunk.content,
    end: /event: messages\nid: \d+\ndata: \[.+"finish_reason":"stop".+\]\n\n$/,
    error: /event: error\nid: \d+\ndata: \{"error":"DemoError","message":".+"\}\n\n$/,
    links: true,
    recognised: 'langgraph',
    tells: ['tool', 'usage'],
  },
  langserve: {
    asks: (question) => ({ input: question, config: {}, kwargs: {} }),
    says: ({ content }) => content,
    end: /\r\nevent: end\r\n\r\n$/,
    error: /event: error\r\ndata: \{"status_code":500,"message":".+"\}\r\n\r\n$/,
    beat: /^: ping\r$/gm,
    links: true,
    recognised: 'langserve',
    tells: ['usage'],
  },
  a2a: {
    asks: (question) => ({ message: { messageId: 'm1', role: 'ROLE_USER', parts: [{ text: question }] } }),
    says: ({ artifactUpdate }) => artifactUpdate?.artifact.parts[0].text,
    end: /"state":"TASK_STATE_COMPLETED".+\n\n$/,
    error: /"state":"TASK_STATE_FAILED","message":\{.+"text":"The model .+\n\n$/,
    links: true,
    recognised: 'a2a',
    named: 'a2a-rest',
    tells: ['thread'],
  },
  dify: {
    asks: (question) => ({
      inputs: {},
      query: question,
      response_mode: 'streaming',
      conversation_id: '',
      user: 'u1',
    }),
    says: ({ answer }) => answer,
    end: /data: \{"event":"message_end",.+"usage":\{.+\}\}\}\n\n$/,
    error: /data: \{"event":"error",.+"code":"completion_request_error","message":".+"\}\n\n$/,
    beat: /^event: ping$/gm,
    links: true,
    recognised: 'dify',
    tells: ['tool', 'usage', 'thread'],
  },
  flowise: {
    asks: (question) => ({ question, streaming: true }),
    says: ({ event, data }) => event === 'token' && data,
    end: /"event":"metadata",.+\n\nmessage:\ndata:\{"event":"end","data":"\[DONE\]"\}\n\n$/,
    error: /data:\{"event":"error","data":"The model .+\n\nmessage:\ndata:\{"event":"end",.+\n\n$/,
    beat: /^:heartbeat$/gm,
    recognised: 'flowise',
    tells: ['tool', 'sources', 'usage', 'thread'],
  },
  n8n: {
    asks: (question) => ({ action: 'sendMessage', sessionId: 's1', chatInput: question }),
    type: 'application/x-ndjson',
    says: ({ type, content }) => type === 'item' && content,
    end: /\{"type":"end","metadata":\{.+\}\}\n$/,
    error: /\{"type":"error","content":"The model .+\n$/,
    beat: null,
    links: true,
    recognised: 'n8n',
    tells: [],
  },
};

export const WIRE = { ...homeMade, ...providers, ...frameworks };

for (const wire of Object.values(WIRE)) {
  wire.type ??= 'text/event-stream';
  wire.named ??= wire.recognised;
  if (wire.beat === undefined) wire.beat = /^: heartbeat$/gm;
}
