/** What an event of the tolerant protocol is about. */
export type EventKind =
  | 'delta'
  | 'message'
  | 'start'
  | 'reasoning'
  | 'progress'
  | 'tool-call'
  | 'tool-result'
  | 'sources'
  | 'thread'
  | 'item'
  | 'error'
  | 'end'
  | 'quiet';

/**
 * Names in the wild, each written lower-case with underscores. `quiet` events are known and mean nothing for the
 * thread: signs of life, broadcasts, options.
 */
const names: Record<EventKind, string> = {
  delta:
    'chunk token text delta text_delta text_chunk content content_delta message_delta message_chunk answer partial data',
  message: 'message full_message final_message assistant_message message_complete',
  start: 'start stream_start message_start run_start begin started connected open ready init metadata',
  reasoning: 'reasoning thinking thought reasoning_delta thinking_delta',
  progress: 'progress progress_update status step tool_progress typing activity task_progress',
  'tool-call': 'tool_call tool_start tool_use tool_call_start tool_called function_call tool',
  'tool-result':
    'tool_result tool_end tool_output tool_call_result tool_call_end tool_response function_result',
  sources: 'source sources citation citations references',
  thread:
    'conversation_id conversation thread_id thread thread_created thread_updated session session_id chat_id',
  item: 'thread_item_done thread_item_added thread_item_replaced thread_item_removed',
  error: 'error exception failed failure stream_error',
  end: 'done complete completed end stream_end message_end finish finished run_end run_completed close',
  quiet: 'heartbeat ping pong keepalive keep_alive notification notice stream_options usage',
};

const kinds = new Map<string, EventKind>(
  Object.entries(names).flatMap(([kind, list]) => list.split(' ').map((name) => [name, kind as EventKind])),
);

/** The kind of a name, in whatever case and with whatever separators it is written. */
export function kindOf(name: string): EventKind | undefined {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[-.:/\s]+/g, '_')
    .toLowerCase();
  return kinds.get(words);
}
