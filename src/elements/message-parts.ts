const parts = [
  'bubble',
  'answer',
  'actions',
  'action',
  'mark',
  'reasoning',
  'progress',
  'wait',
  'files',
  'file',
  'sources',
  'source',
];

/** The parts of a message, as the list of messages exports them. */
export const messageParts = parts.map((part) => `${part}:message__${part}`).join();
/** The parts of the list, as `<chat-stream>` exports them. */
export const messagesParts = `log:messages__log,notice:messages__notice,to-end:messages__to-end,empty,suggestion,${parts.map((part) => `message__${part}`).join()}`;
