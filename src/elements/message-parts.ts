const parts = ['bubble', 'answer', 'actions', 'action', 'mark', 'reasoning', 'progress', 'sources', 'source'];

/** The parts of a message, as the list of messages exports them. */
export const messageParts = parts.map((part) => `${part}:message__${part}`).join();
/** The same for whoever exports the parts of the list. */
export const messagePartsOnward = parts.map((part) => `message__${part}`).join();
