import { json, textOf, type Route } from './route.js';

/** Where an answer of any protocol can be read again, and where a person's Stop is told. */
export const answers: Route[] = [
  {
    method: 'GET',
    path: '/api/answers/:id',
    read: ({ params, resume }) => resume(params.id!),
  },
  {
    method: 'POST',
    path: '/api/stop',
    async read({ body, answers }) {
      const where = { location: textOf(body.location), threadId: textOf(body.threadId) };
      return json({ stopped: await answers.stop(where) });
    },
  },
];
