import { a2a } from './a2a.js';
import { agUI } from './ag-ui.js';
import { aiSDKv4 } from './ai-sdk-v4.js';
import { aiSDK } from './ai-sdk.js';
import { answers } from './answers.js';
import { anthropic } from './anthropic.js';
import { chatkitPython } from './chatkit-python.js';
import { chatkit } from './chatkit.js';
import { cohere } from './cohere.js';
import { dify } from './dify.js';
import { flowise } from './flowise.js';
import { gemini } from './gemini.js';
import { langGraph } from './langgraph.js';
import { langServe } from './langserve.js';
import { n8n } from './n8n.js';
import { ollama } from './ollama.js';
import { openaiResponses } from './openai-responses.js';
import { openai } from './openai.js';
import { printer } from './printer.js';
import type { Route } from './route.js';
import { rubyllm } from './rubyllm.js';
import { text } from './text.js';
import { theo } from './theo.js';
import { fastapi, general } from './typed-events.js';

/** Every address of the demo backend. A new protocol is one file and one name here. */
export const routes: Route[] = [
  // The shapes people make themselves.
  general,
  chatkit,
  theo,
  printer,
  fastapi,
  rubyllm,
  text,
  // Providers of models.
  openai,
  openaiResponses,
  anthropic,
  gemini,
  ollama,
  cohere,
  // Frameworks and platforms.
  chatkitPython,
  aiSDK,
  aiSDKv4,
  agUI,
  langGraph,
  langServe,
  a2a,
  dify,
  flowise,
  n8n,
  // All of them.
  answers,
].flat();
