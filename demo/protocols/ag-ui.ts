import { randomUUID } from 'node:crypto';
import type { AnswerEvent } from '../backend/answer.js';
import { post, type Asked } from './post.js';
import { textOf, type Encoder } from './route.js';

/** AG-UI (`@ag-ui/core`): the client names the thread and the run, and gets events in capitals. */
export const agUI = [
  post({
    path: '/ag-ui',
    thread: ({ threadId }) => threadId,
    sourcesInText: true,
    refusal: (error) => ({ error }),
    encoder,
  }),
];

function encoder({ body, threadId }: Asked): Encoder {
  const run = { threadId, runId: textOf(body.runId) || randomUUID() };
  const messageId = randomUUID();
  let open = false;
  let stepName = '';
  const say = (type: string, fields: object = {}) => ({ data: { type, timestamp: Date.now(), ...fields } });
  const endStep = () => {
    const ended = stepName ? [say('STEP_FINISHED', { stepName })] : [];
    stepName = '';
    return ended;
  };

  function toolCall({ id: toolCallId, name, input }: AnswerEvent & { type: 'tool-call' }) {
    return [
      say('TOOL_CALL_START', { toolCallId, toolCallName: name, parentMessageId: messageId }),
      say('TOOL_CALL_ARGS', { toolCallId, delta: JSON.stringify(input) }),
      say('TOOL_CALL_END', { toolCallId }),
    ];
  }

  return (event) => {
    switch (event.type) {
      case 'start':
        return [say('RUN_STARTED', run)];
      case 'progress': {
        const before = endStep();
        stepName = event.text;
        return [...before, say('STEP_STARTED', { stepName })];
      }
      case 'tool-call':
        return toolCall(event);
      case 'tool-result': {
        const content = JSON.stringify(event.output);
        const result = { messageId: randomUUID(), toolCallId: event.id, content, role: 'tool' };
        return [say('TOOL_CALL_RESULT', result)];
      }
      case 'text': {
        const opening = open
          ? []
          : [...endStep(), say('TEXT_MESSAGE_START', { messageId, role: 'assistant' })];
        open = true;
        return [...opening, say('TEXT_MESSAGE_CONTENT', { messageId, delta: event.text })];
      }
      case 'heartbeat':
        return [{ comment: 'heartbeat' }];
      case 'error':
        return [say('RUN_ERROR', { message: event.message, code: 'demo_error' })];
      case 'done': {
        const { input: inputTokens, output: outputTokens } = event.usage;
        return [
          ...endStep(),
          ...(open ? [say('TEXT_MESSAGE_END', { messageId })] : []),
          say('RUN_FINISHED', {
            ...run,
            outcome: { type: 'success' },
            usage: [{ inputTokens, outputTokens }],
          }),
        ];
      }
      default:
        return [];
    }
  };
}
