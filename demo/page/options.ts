/** Questions the documentation answers; the page offers them, and the backend proposes them where it found nothing. */
export const suggestions: string[] = [
  'How do I point it at my backend?',
  'How do I match my brand colours?',
  'What happens when the connection breaks?',
];

/** A fault in a few words, and what a person sees of it. */
type Fault = readonly [name: string, shows: string];

/** Every way the demo backend can go wrong on request (`?misbehave=`), in the order of the page. */
export const misbehaviourGroups = {
  'Takes its time': {
    slow: ['First word after 8 s', 'The wait is told, and then forgotten.'],
    bursty: ['Words in bursts', 'They are written out evenly all the same.'],
    dribble: ['A few bytes at a time', 'Events and letters come in halves. Nothing of it shows.'],
    heartbeats: [
      'Heartbeats, never a word',
      'Signs of life are not an answer: after five minutes it gives up.',
    ],
    silent: ['Never answers', 'After a minute and a half it says so, and offers to try again.'],
  },
  'Breaks off': {
    cut: ['Breaks off for good', 'What arrived stays, marked as interrupted.'],
    'cut-resumable': ['Breaks off, goes on', 'It comes back for the rest; the text goes on where it was.'],
    'cut-often': ['Breaks off four times', 'It comes back each time, and nothing is there twice.'],
    'cut-in-character': ['Breaks off inside a letter', 'The letter is whole when the rest has come.'],
    'repeat-ids': [
      'Breaks off, starts over',
      'Every event has the same id, all come again. Nothing is there twice.',
    ],
    'cut-clean': ['Ends early, politely', 'A clean end without an end mark is an interruption too.'],
    'no-end-mark': [
      'Whole text, no end mark',
      'Nobody can know that it is whole: it is marked as interrupted.',
    ],
    'open-end': ['Never hangs up', 'The end mark counts; the open connection is let go.'],
    error: ['Error event mid-answer', 'What arrived stays, and the failure is told.'],
  },
  'Turns you away': {
    refuse: ['Hangs up at once', 'The question may have arrived, so it is not sent again unasked.'],
    redirect: ['Redirects elsewhere', 'The conversation does not follow to another address.'],
    'http-401': [
      'HTTP 401',
      'Says that a sign-in is needed; where the page sets headers, they are asked for once more first.',
    ],
    'http-429': ['HTTP 429, always', 'Waits as long as it is told, twice, and then says so.'],
    'retry-after': [
      'HTTP 429, once',
      'Counts down the four seconds it is told to wait, and gets its answer.',
    ],
    'http-500': ['HTTP 500', 'Says so, and leaves it to you to try again.'],
    'http-503': ['HTTP 503, twice', 'Tries again by itself within a second or two, and gets its answer.'],
  },
  'Sends something else': {
    html: ['HTML page', 'A sign-in page is no answer, and none of it is shown.'],
    json: ['JSON object', 'It holds no answer, and the widget says so.'],
    'wrong-type': ['Labelled as a PDF', 'What calls itself something else is not read.'],
  },
  'Sends too much': {
    'huge-event': ['One event of 10 MB', 'Too large to be text: refused, and the page stays quick.'],
    endless: ['Text without end', 'Read up to the limit, kept, and cut off there.'],
  },
} as const satisfies Record<string, Record<string, Fault>>;

type Groups = typeof misbehaviourGroups;

export type Misbehaviour = { [Group in keyof Groups]: keyof Groups[Group] }[keyof Groups];

/** The same by name, whatever their group. */
export const misbehaviours = Object.assign({}, ...Object.values(misbehaviourGroups)) as Readonly<
  Record<Misbehaviour, Fault>
>;

/** Tokens a second of an answer, where nothing else is asked for. */
export const defaultPace = 40;

/** What may be named in place of recognising it: the protocols of this demo's backends. */
export const protocolNames: string[] = [
  ...[
    'events',
    'text',
    'openai-chat',
    'openai-responses',
    'anthropic',
    'gemini',
    'ollama',
    'cohere',
    'chatkit',
  ],
  ...['ai-sdk', 'ag-ui', 'langgraph', 'langserve', 'a2a-rest', 'dify', 'flowise', 'n8n'],
];
