import { ChatError, failureOf } from '../../src/model/chat-error.js';
import { expect } from '../support/index.js';

const long = 'x'.repeat(600);

describe('ChatError', () => {
  it('says its code, its message and nothing else, where nothing else is known', () => {
    const error = new ChatError('network', 'Not there');
    expect(error).to.be.instanceOf(Error);
    expect(error).to.include({ name: 'ChatError', code: 'network', message: 'Not there', retryable: false });
    expect(error.cause).to.equal(undefined);
    expect(error.backendMessage).to.equal(undefined);
  });

  it('keeps why, and the first 500 characters of what the backend said', () => {
    const cause = new Error('reset');
    const error = new ChatError('http', 'No', {
      cause,
      detail: 'rate-limited',
      status: 429,
      retryable: true,
      retryAfter: 3,
      backendMessage: long,
    });
    expect(error).to.include({ cause, detail: 'rate-limited', status: 429, retryable: true, retryAfter: 3 });
    expect(error.backendMessage).to.equal(long.slice(0, 500));
  });
});

describe('a failure', () => {
  it('may be tried again and is called by its code, unless it says otherwise', () => {
    expect(failureOf({ code: 'timeout' })).to.deep.equal({
      code: 'timeout',
      message: 'timeout',
      retryable: true,
    });
    expect(failureOf({ code: 'tool', message: 'Broken', retryable: false })).to.deep.equal({
      code: 'tool',
      message: 'Broken',
      retryable: false,
    });
  });

  it('is plain data with all an error knows, and its words cut', () => {
    const error = new ChatError('http', 'No', { detail: 'auth', status: 401, retryAfter: 2 });
    expect(failureOf(error)).to.deep.equal({
      code: 'http',
      message: 'No',
      detail: 'auth',
      status: 401,
      retryable: false,
      retryAfter: 2,
    });
    expect(failureOf({ code: 'backend', backendMessage: long }).backendMessage).to.equal(long.slice(0, 500));
  });
});
