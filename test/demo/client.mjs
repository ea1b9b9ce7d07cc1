import { Chat } from '../../dist/headless.js';

/** A chat with a preset's attributes and nothing else, as the widget makes it. */
export function chatWith(url, { attributes }, options = {}) {
  const absolute = (address) =>
    address && new URL(address, url).href.replaceAll('%7B', '{').replaceAll('%7D', '}');
  return new Chat({
    endpoint: absolute(attributes.endpoint),
    sendEndpoint: absolute(attributes['send-endpoint']),
    fallbackEndpoint: absolute(attributes['fallback-endpoint']),
    stopEndpoint: absolute(attributes['stop-endpoint']),
    method: attributes.method,
    body: attributes.body && JSON.parse(attributes.body),
    threadId: attributes['thread-id'],
    ...options,
  });
}
