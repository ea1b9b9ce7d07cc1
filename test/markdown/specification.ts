/** An example of a specification. */
export interface Example {
  number: number;
  section: string;
  markdown: string;
  html: string;
}

const EXAMPLE = /^`{32} example(?: .*)?\n([^]*?)^\.\n([^]*?)^`{32}$|^#{1,6} *(.*)$/gm;

/** CommonMark's own 652 examples, of the package that holds its text. */
export async function commonMarkExamples(): Promise<Example[]> {
  const text = await (await fetch('/node_modules/commonmark-spec/spec.txt')).text();
  const found: Example[] = [];
  let section = '';
  for (const [, markdown, html, heading] of text.matchAll(EXAMPLE)) {
    if (heading !== undefined) section = heading;
    else {
      const [source, expected] = [markdown!, html!].map((one) => one.replaceAll('→', '\t')) as [
        string,
        string,
      ];
      found.push({ number: found.length + 1, section, markdown: source, html: expected });
    }
  }
  return found;
}
