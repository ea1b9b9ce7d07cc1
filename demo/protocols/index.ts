import { chatkit } from './chatkit.js';
import { openai } from './openai.js';
import { printer } from './printer.js';
import type { Route } from './route.js';
import { rubyllm } from './rubyllm.js';
import { theo } from './theo.js';
import { fastapi, general } from './typed-events.js';

/** Every address of the demo backend. A new protocol is one file and one name here. */
export const routes: Route[] = [
  ...general,
  ...chatkit,
  ...theo,
  ...printer,
  ...fastapi,
  ...rubyllm,
  ...openai,
];
