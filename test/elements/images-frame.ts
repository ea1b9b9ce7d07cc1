import { defineLeaves } from '../../src/define-leaves.js';

// The page in a frame of images.test.ts: one answer.
defineLeaves();
document.body.append(document.createElement('chat-stream-markdown'));
