/** Reads the deltas of an OpenAI Chat Completions stream: for candidates that leave reading to their user. */
export async function* deltas(response) {
  let rest = '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      if (!line.startsWith('data: {')) continue;
      const delta = JSON.parse(line.slice(6)).choices[0]?.delta.content;
      if (delta) yield delta;
    }
  }
}

/** Where this page's answer streams from, as its kind of stream. */
export const endpoint = (kind) => `/answer/${location.search.slice(1)}/${kind}`;
