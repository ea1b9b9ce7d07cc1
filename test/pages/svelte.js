import { mount } from 'svelte';

import '../../src/define.ts';
import App from './App.svelte';

mount(App, { target: document.querySelector('#app') });
