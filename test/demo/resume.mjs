/** Presets whose answers can be read again after a break. */
export const RESUMABLE = [
  ...['general', 'chatkit', 'theo', 'fastapi', 'rubyllm', 'printer'],
  ...['openai', 'openai-responses', 'anthropic', 'cohere'],
  ...['chatkit-python', 'ai-sdk', 'ag-ui', 'langgraph'],
];

/** Reads a response to its end, or to where it breaks. */
export async function readToBreak(asked) {
  const response = await asked;
  const pieces = [];
  let broke = false;
  try {
    for await (const piece of response.body) pieces.push(piece);
  } catch {
    broke = true;
  }
  return { response, bytes: Buffer.concat(pieces), broke };
}

/** The events that came whole. */
export function wholeEvents(bytes) {
  const text = new TextDecoder().decode(bytes);
  return text.slice(0, text.lastIndexOf('\n\n') + 2);
}

/** Asks for the rest of an answer where its response, or its protocol, says. */
export function readAgain(url, id, response, lastEventId, init = {}) {
  const address =
    id === 'theo' ? '/api/chat/conversations/demo/stream' : response.headers.get('content-location');
  const headers = { ...init.headers, ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }) };
  return fetch(new URL(address, url), { ...init, headers });
}

/** A stream as its protocol writes its end; ids are only part of it where they are always sent. */
export const endOf = (id, stream) =>
  ['theo', 'langgraph'].includes(id) ? stream : stream.replaceAll(/^id: \d+\n/gm, '');
