import type { PropertyDeclarations } from 'lit';
import { jsonAttribute } from './json-attribute.js';

/** The properties of a provider that are options of its chat, by the names they have there. */
export const chatProperties = {
  endpoint: {},
  sendEndpoint: { attribute: 'send-endpoint' },
  fallbackEndpoint: { attribute: 'fallback-endpoint' },
  resumeEndpoint: { attribute: 'resume-endpoint' },
  stopEndpoint: { attribute: 'stop-endpoint' },
  idempotencyHeader: { attribute: 'idempotency-header' },
  protocol: {},
  method: {},
  body: { converter: jsonAttribute('body') },
  headers: { attribute: false },
  credentials: {},
  transport: { attribute: false },
  history: {},
  limits: { attribute: false },
} as const satisfies PropertyDeclarations;

export const optionNames = Object.keys(chatProperties) as (keyof typeof chatProperties)[];
