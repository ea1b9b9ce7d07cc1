import { ChatError } from '../../src/headless.js';
import { load } from '../../src/transport/load.js';
import { expect } from '../support/index.js';

describe('a part that is fetched when it is needed', () => {
  it('is handed over', async () => {
    expect(await load(async () => 'part')).to.equal('part');
  });

  it('is a network error where it cannot be had: trying again may help', async () => {
    const cause = new TypeError('no such module');
    const error = await load(() => Promise.reject(cause)).catch((failure: unknown) => failure);
    expect(error).to.be.instanceOf(ChatError);
    expect(error).to.include({ code: 'network', retryable: true, cause });
  });
});
