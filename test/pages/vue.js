import { createApp, h, KeepAlive, reactive } from 'vue';

import '../../src/define.ts';

const state = reactive({ order: ['a', 'b'], label: 'First', shown: true });
window.ended = [];
window.page = {
  relabel: (next) => (state.label = next),
  reorder: () => (state.order = state.order.toReversed()),
  toggle: () => (state.shown = !state.shown),
};

const Chats = {
  name: 'Chats',
  render: () =>
    h('main', [
      h('p', state.label),
      state.order.map((id) =>
        h('chat-stream', {
          ...{ key: id, id, label: state.label, endpoint: `/chat/${id}` },
          '.headers': () => ({ 'x-label': state.label }),
          '.suggestions': ['What is this?'],
          '.strings': { placeholder: state.label },
          onChatRunEnded: ({ outcome }) => window.ended.push(`${id} ${outcome}`),
        }),
      ),
    ]),
};
const Empty = { name: 'Empty', render: () => h('p', 'Nothing here') };

createApp({ render: () => h(KeepAlive, () => h(state.shown ? Chats : Empty)) }).mount('#app');
