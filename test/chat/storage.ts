import { Chat } from '../../src/headless.js';
import { onCleanup, until, type PlayScript } from '../support/index.js';
import { done, lastText, say } from './helpers.js';

type Answer = PlayScript['answers'][number];

export const whole = (text: string): Answer => ({ steps: [{ write: say(text) + done }] });

/** The keys that our widget left in the browser. */
export const keys = (storage: Storage) =>
  Object.keys(storage).filter((key) => key.startsWith('chat-stream:'));

/** What a page that is loaded anew would have: another chat for the same endpoint. */
export async function reloaded(endpoint: string, options = {}) {
  dispatchEvent(new Event('pagehide'));
  const chat = new Chat({ endpoint, history: 'session', ...options });
  await chat.restore();
  return chat;
}

/** A page that was left while its answer had come to these words; its backend was not told of a stop. */
export async function leftBehind(endpoint: string, words: string): Promise<void> {
  const chat = await reloaded(endpoint);
  void chat.send('Why?');
  await until(() => lastText(chat) === words);
  dispatchEvent(new Event('pagehide'));
  chat.detach();
}

/** Each test begins and ends with nothing of ours in the browser. */
export function emptyStorage(): void {
  beforeEach(() => {
    for (const storage of [sessionStorage, localStorage]) {
      for (const key of keys(storage)) storage.removeItem(key);
      onCleanup(() => {
        for (const key of keys(storage)) storage.removeItem(key);
      });
    }
  });
}
