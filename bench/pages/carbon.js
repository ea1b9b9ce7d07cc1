import '@carbon/ai-chat/dist/es/web-components/cds-aichat-custom-element/index.js';
import { deltas, endpoint } from './event-stream.js';

const chat = document.createElement('cds-aichat-custom-element');
const text = (value) => ({ response_type: 'text', text: value, streaming_metadata: { id: '1' } });

/** As Carbon's own examples stream: a partial item for every token, the whole item, the whole response. */
async function customSendMessage(request, options, instance) {
  const { messaging } = instance;
  const response_id = 'answer';
  const response = await fetch(endpoint('openai/chat/completions'), {
    method: 'POST',
    body: JSON.stringify(request),
    signal: options.signal,
  });
  let whole = '';
  for await (const delta of deltas(response)) {
    whole += delta;
    await messaging.addMessageChunk({ partial_item: text(delta), streaming_metadata: { response_id } });
  }
  await messaging.addMessageChunk({ complete_item: text(whole), streaming_metadata: { response_id } });
  await messaging.addMessageChunk({
    final_response: { id: response_id, output: { generic: [text(whole)] } },
  });
}

const rendered = Promise.withResolvers();
Object.assign(chat, {
  messaging: { customSendMessage, skipWelcome: true },
  openChatByDefault: true,
  onAfterRender: rendered.resolve,
});
chat.style.cssText = 'display:block;inline-size:100%;block-size:100%';
document.body.append(chat);

globalThis.bench = {
  ready: rendered.promise,
  send: (question) => void rendered.promise.then((instance) => instance.send(question)),
};
