import MarkdownIt from 'markdown-it';
import { marked } from 'marked';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** Libraries that turn the whole text into HTML: with every flush all of it again. */
const whole = (toHtml) => (root) => {
  let text = '';
  return {
    write: (delta) => void (root.innerHTML = toHtml((text += delta))),
    end() {},
  };
};

const markdownIt = new MarkdownIt({ linkify: true });
const options = { extensions: [gfm()], htmlExtensions: [gfmHtml()] };

export const markedWhole = whole((text) => marked.parse(text));
export const markdownItWhole = whole((text) => markdownIt.render(text));
export const micromarkWhole = whole((text) => micromark(text, options));
