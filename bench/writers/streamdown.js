import { createElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { Streamdown } from 'streamdown';

const { port1, port2 } = new MessageChannel();
port1.start();

/** A task of its own, as between two chunks of a stream: React counts updates that come in one go as an endless loop. */
const task = () =>
  new Promise((resolve) => {
    port1.addEventListener('message', resolve, { once: true });
    port2.postMessage(0);
  });

export default (root) => {
  const view = createRoot(root);
  let text = '';
  const render = (isAnimating) =>
    flushSync(() => view.render(createElement(Streamdown, { isAnimating }, text)));
  return {
    write(delta) {
      text += delta;
      render(true);
      return task();
    },
    end: () => render(false),
    remove: () => view.unmount(),
  };
};
