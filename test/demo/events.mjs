import { WIRE } from './wire.mjs';

/** The events of a stream as far as they are whole: a value and the event's name, or the code of a line. */
export function eventsIn(id, stream) {
  const { type } = WIRE[id];
  if (id === 'text') return [{ value: stream }];
  if (type !== 'text/event-stream') {
    const lines = stream.split('\n').slice(0, -1);
    return lines.map((line) => {
      const [, name, json] = /^(?:([\da-z]):)?(.+)$/.exec(line);
      return { name, value: JSON.parse(json) };
    });
  }
  return stream
    .replaceAll('\r\n', '\n')
    .split('\n\n')
    .slice(0, -1)
    .flatMap((block) => {
      const name = /^event: (.+)$/m.exec(block)?.[1];
      const data = /^data: ?(.+)$/m.exec(block)?.[1];
      return data && data !== '[DONE]' ? [{ name, value: JSON.parse(data) }] : [];
    });
}

/** The text of an answer, whatever the protocol. */
export const textIn = (id, stream) =>
  eventsIn(id, stream)
    .map(({ value, name }) => WIRE[id].says(value, name) || '')
    .join('');
