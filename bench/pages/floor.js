import { deltas, endpoint } from './event-stream.js';

/** The least that is still a chat: fetch, parse, one text node for each paragraph, no Markdown. */
const follows = !document.documentElement.matches('[data-still]');
const list = document.querySelector('main');
const field = document.querySelector('textarea');

function paragraph(parent) {
  const text = document.createTextNode('');
  parent.appendChild(document.createElement('p')).append(text);
  return text;
}

let asked = false;
function follow() {
  if (!follows || asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    list.scrollTop = 1e9;
  });
}

async function send(question) {
  paragraph(list).data = question;
  const response = await fetch(endpoint('openai/chat/completions'), {
    method: 'POST',
    body: JSON.stringify({ stream: true, messages: [{ role: 'user', content: question }] }),
  });
  const answer = list.appendChild(document.createElement('article'));
  let text = paragraph(answer);
  for await (const delta of deltas(response)) {
    const [first, ...more] = delta.split('\n\n');
    text.appendData(first);
    for (const part of more) (text = paragraph(answer)).appendData(part);
    follow();
  }
}

document.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault();
  void send(field.value);
});
globalThis.bench = { send, ready: Promise.resolve() };
