const clock = performance.now.bind(performance);

/** What the piece of work below takes where the limits were set, with nothing beside it, in milliseconds. */
const USUAL = 9;

/** What our own work is made of: elements, text, and words looked up. */
function pieceOfWork(): number {
  const start = clock();
  const seen = new Map<string, number>();
  const root = document.createElement('div');
  for (let index = 0; index < 4000; index++) {
    const element = document.createElement('p');
    element.append(document.createTextNode(`${index} and ${index * 31} are words of a line`));
    for (const word of element.textContent.split(' ')) seen.set(word, (seen.get(word) ?? 0) + 1);
    root.append(element);
  }
  return clock() - start;
}

/**
 * How many times slower this machine is just now, with all that runs beside, than the one where limits in milliseconds were
 * set; 1 where it is not. A limit times this says something of our work and not of the machine.
 */
export function slowness(): number {
  return Math.max(1, ...[1, 2, 3].map(() => pieceOfWork() / USUAL));
}
