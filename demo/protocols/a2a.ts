import { randomUUID } from 'node:crypto';
import { post, type Asked } from './post.js';
import { fieldsOf, type Encoder } from './route.js';

/**
 * A2A 1.x over REST (`@a2a-js/sdk`): a task, its states and an artifact that grows. What the agent does meanwhile is a
 * message of the state "working"; tools have no place on this wire.
 */
export const a2a = [
  post({
    path: '/message:stream',
    turns: ({ message }) => (typeof message === 'object' ? [message] : undefined),
    thread: ({ message }) => fieldsOf(message).contextId,
    sourcesInText: true,
    refusal: (message) => ({ error: { code: 400, status: 'INVALID_ARGUMENT', message } }),
    encoder,
  }),
];

function encoder({ question, threadId: contextId }: Asked): Encoder {
  const taskId = randomUUID();
  const artifactId = randomUUID();
  let append = false;
  const message = (role: string, text: string) => ({
    messageId: randomUUID(),
    contextId,
    taskId,
    role,
    parts: [{ text, mediaType: 'text/plain' }],
  });
  const status = (state: string, text?: string) => ({
    state: `TASK_STATE_${state}`,
    ...(text !== undefined && { message: message('ROLE_AGENT', text) }),
    timestamp: new Date().toISOString(),
  });
  const update = (state: string, text?: string) => [
    { data: { statusUpdate: { taskId, contextId, status: status(state, text) } } },
  ];

  return (event) => {
    switch (event.type) {
      case 'start': {
        const history = [message('ROLE_USER', question)];
        return [{ data: { task: { id: taskId, contextId, status: status('SUBMITTED'), history } } }];
      }
      case 'progress':
        return update('WORKING', event.text);
      case 'text': {
        const parts = [{ text: event.text, mediaType: 'text/plain' }];
        const artifactUpdate = {
          taskId,
          contextId,
          artifact: { artifactId, name: 'answer', parts },
          ...(append && { append }),
        };
        append = true;
        return [{ data: { artifactUpdate } }];
      }
      case 'heartbeat':
        return [{ comment: 'heartbeat' }];
      case 'error':
        return update('FAILED', event.message);
      case 'done':
        return update('COMPLETED');
      default:
        return [];
    }
  };
}
