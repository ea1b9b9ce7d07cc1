const told = new Set<string>();

/** Says once to whoever develops the page what script itself cannot know: why no answer came. */
export function explainFailure(address: string, blocked: boolean): void {
  if (told.has(address)) return;
  told.add(address);
  const why = blocked
    ? "the page's Content Security Policy forbids it: list its origin in connect-src"
    : 'the server may be down or unreachable; an http: address on an https: page, a missing CORS header (Access-Control-Allow-Origin, -Headers, -Methods), a redirect, or an extension of the browser look the same to a page';
  console.warn(`chat-stream: the request to ${address} failed before any answer: ${why}`);
}

/** What the keys of model providers look like. */
const vendorKey = /\b(?:sk-[\w-]{20,}|AIza[\w-]{30,}|(?:gsk_|hf_|xai-|r8_)\w{20,})/;
let warned = false;

/** Warns once of a key that everybody who opens the page can read. */
export function warnOfSecrets(headers: Headers): void {
  const name = warned ? undefined : [...headers].find(([, value]) => vendorKey.test(value))?.[0];
  if (name === undefined) return;
  warned = true;
  console.warn(
    `chat-stream: the header ${name} seems to hold the key of a model provider, which everybody who opens this page can read. Let a server of your own add it.`,
  );
}
