// Rounds of what a page and a person do, over and over; each ends as it began.
const main = () => document.querySelector('main');
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function widget() {
  const element = document.createElement('chat-stream');
  element.endpoint = '/chat';
  main().append(element);
  return element;
}

/** Resolves when the status is one of these. */
async function until(element, ...statuses) {
  while (!statuses.includes(element.status)) await wait(1);
}

const stages = [
  (element) => void element.send('silence'),
  async (element) => {
    void element.send('silence');
    await wait(3);
  },
  async (element) => {
    void element.send('endless');
    await until(element, 'streaming');
  },
  (element) => element.send('short'),
  async (element) => {
    await element.send('rich');
    await element.updateComplete;
  },
  (element) => element.send('fail'),
  async (element) => {
    await element.send('short');
    void element.regenerate();
    await wait(2);
  },
];

/** Asks, stops and clears, so many times, in one widget. */
window.ask = async (rounds) => {
  const element = widget();
  for (let round = 0; round < rounds; round++) {
    await stages[round % stages.length](element);
    element.stop();
    if (round % 5 === 4) element.clear();
  }
  element.clear();
  element.remove();
  await wait(1500);
  return rounds;
};

/** Puts widgets in and takes them out, at every stage of an answer. */
window.mount = async (rounds) => {
  for (let round = 0; round < rounds; round++) {
    const element = widget();
    element.suggestions = ['One', 'Two'];
    await stages[round % stages.length](element);
    if (round % 3) await new Promise(requestAnimationFrame);
    // A running answer keeps one of the browser's six connections for a second more.
    if (round % 4) element.stop();
    element.remove();
    if (round % 10 === 0) main().append(element);
    element.remove();
  }
  await wait(1500);
  return rounds;
};

/** Moves one widget about while it answers. */
window.move = async (rounds) => {
  const element = widget();
  const places = Array.from({ length: 2 }, () => main().appendChild(document.createElement('div')));
  await element.send('rich');
  void element.send('endless');
  await until(element, 'streaming');
  for (let round = 0; round < rounds; round++) {
    places[round % 2].append(element);
    if (round % 10 === 0) await new Promise(requestAnimationFrame);
  }
  element.remove();
  for (const place of places) place.remove();
  await wait(1500);
  return rounds;
};
