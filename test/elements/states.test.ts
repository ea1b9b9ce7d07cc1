import { expect, until, onCleanup } from '../support/index.js';
import {
  answer,
  broken,
  button,
  buttonNamed,
  cutBehind,
  done,
  event,
  gate,
  inside,
  is,
  list,
  log,
  messages,
  nameOf,
  notice,
  progress,
  read,
  shows,
  widget,
  whole,
  words,
} from './helpers.js';

const last = (element: Element) => messages(element).at(-1)!;

describe('what a person sees', () => {
  it('is at first a heading, suggestions and a button that does nothing yet', async () => {
    const element = await widget(whole('Sure'));
    element.suggestions = ['One', { label: 'Two', text: 'A longer second question' }];
    await until(() => shows(element, 'Two'));
    expect(read(element)).to.include('Ask').and.include('What would you like to know?');
    expect(element.matches(':state(empty)')).to.equal(true);
    expect(nameOf(button(element))).to.equal('Send');
    expect(button(element).getAttribute('aria-disabled')).to.equal('true');

    const suggestions = inside(element, 'chat-stream-suggestions')!;
    buttonNamed(suggestions, 'Two')!.click();
    await is(element, 'complete');
    await until(() => shows(messages(element)[0]!, 'A longer second question'));
    expect(element.matches(':state(empty)')).to.equal(false);
  });

  it('is every suggestion that is one, and a warning of those that are none', async () => {
    const element = await widget();
    const { warn } = console;
    const warnings: unknown[] = [];
    console.warn = (...words) => warnings.push(words);
    onCleanup(() => (console.warn = warn));
    element.setAttribute('suggestions', '["One", null, 2, { "label": "Three" }, { "text": "Four" }]');
    const suggestions = inside(element, 'chat-stream-suggestions')!;
    await until(() => read(suggestions) === 'OneFour');
    expect(warnings).not.to.have.length(0);
  });

  it('is what the backend does until the first text, then the text', async () => {
    const element = await widget(
      answer(
        progress('Reading pages'),
        progress('Searching', { icon: 'search', percent: 40 }),
        gate('text'),
        words('Found.'),
        done,
      ),
    );
    void element.send('Where?');
    await until(() => shows(last(element), 'Searching'));
    expect(read(element)).to.include('Working');
    expect(read(last(element)))
      .to.include('Reading pages')
      .and.include('40%');
    expect(inside<HTMLProgressElement>(last(element), 'progress')!.value).to.equal(40);
    expect(element.matches(':state(loading):state(busy)')).to.equal(true);
    expect(nameOf(button(element))).to.equal('Stop answering');
    await element.server.release('text');
    await is(element, 'complete');
    await until(() => shows(last(element), 'Found.'));
    expect(shows(last(element), 'Searching')).to.equal(false);
  });

  it('is a growing text with a caret, and a word in the header', async () => {
    const element = await widget(answer(words('One '), gate('more'), words('two.'), done));
    void element.send('Count');
    await until(() => shows(last(element), 'One'));
    expect(read(element)).to.include('Answering');
    const markdown = inside(last(element), 'chat-stream-markdown')!;
    const paragraph = inside(markdown, 'p')!;
    expect(getComputedStyle(paragraph, '::after').display).to.equal('inline-block');
    await element.server.release('more');
    await is(element, 'complete');
    await until(() => shows(last(element), 'One two.'));
    expect(inside(markdown, 'p')).to.equal(paragraph);
    expect(getComputedStyle(paragraph, '::after').content).to.equal('none');
    expect(read(element)).not.to.include('Answering');
    expect(element.matches(':state(complete)')).to.equal(true);
  });

  it('is paragraphs with the same room between any two, however long the answer', async () => {
    const element = await widget(whole(Array.from({ length: 80 }, () => 'Words').join('\n\n')));
    await element.send('More');
    const paragraphs = () => inside(last(element), 'chat-stream-markdown')!.shadowRoot!.querySelectorAll('p');
    await until(() => paragraphs().length === 80);
    const tops = [...paragraphs()].map((paragraph) => paragraph.getBoundingClientRect().top);
    const rooms = tops.slice(1).map((top, index) => Math.round((top - tops[index]!) * 10) / 10);
    expect([...new Set(rooms)]).to.have.length(1);
  });

  it('offers to copy, ask again and rate a complete answer', async () => {
    const element = await widget(whole('First'), whole('Second'));
    await element.send('Hi');
    await until(() => buttonNamed(last(element), 'Copy answer'));
    buttonNamed(last(element), 'Answer again')!.click();
    await until(() => shows(log(element), 'Second'));
    expect(shows(log(element), 'First')).to.equal(false);
    expect(await element.server.requests()).to.have.length(2);

    const ratings: unknown[] = [];
    element.addEventListener('chat-rated', ({ rating }) => ratings.push(rating));
    await until(() => buttonNamed(last(element), 'Good answer'));
    buttonNamed(last(element), 'Good answer')!.click();
    await until(() => buttonNamed(last(element), 'Good answer')!.getAttribute('aria-pressed') === 'true');
    buttonNamed(last(element), 'Good answer')!.click();
    expect(ratings).to.deep.equal(['good', null]);
  });

  it('keeps a stopped answer and says so', async () => {
    const element = await widget(answer(words('Half'), gate('never')));
    void element.send('Go');
    await until(() => shows(last(element), 'Half'));
    button(element).click();
    await is(element, 'stopped');
    await until(() => shows(last(element), 'Stopped') && shows(last(element), 'Half'));
    expect(element.matches(':state(stopped)')).to.equal(true);
    expect(nameOf(button(element))).to.equal('Send');
    expect(notice(element)).to.equal(null);
    expect((await element.server.closed()).closed?.by).to.equal('client');
  });

  it('stops before the first byte', async () => {
    const element = await widget(answer(gate('never')));
    void element.send('Go');
    await until(() => nameOf(button(element)) === 'Stop answering');
    await element.server.requests(1);
    button(element).click();
    await is(element, 'stopped');
    await until(() => shows(last(element), 'Stopped'));
  });

  it('keeps a broken answer, marks it, says what happened and tries again', async () => {
    const element = await widget(broken(words('Half')), whole('Whole'));
    await cutBehind(element, 'Half');
    await until(() => notice(element) && shows(last(element), 'Incomplete'));
    await until(() => shows(last(element), 'Half'));
    expect(read(notice(element)!)).to.include('The connection broke before the answer was finished.');
    expect(element.matches(':state(error)')).to.equal(true);
    notice(element)!.querySelector('button')!.click();
    await is(element, 'complete');
    await until(() => shows(log(element), 'Whole'));
    expect(notice(element)).to.equal(null);
    expect(shows(log(element), 'Half')).to.equal(false);
    expect(messages(element)).to.have.length(2);
  });

  it("says in its own words what an error means, and quietly the backend's", async () => {
    const element = await widget({
      status: 429,
      // Longer than a page waits by itself.
      headers: { 'retry-after': '75', 'content-type': 'application/json' },
      steps: [{ write: '{"error":{"message":"Quota <b>used</b>"}}' }],
    });
    await element.send('Go');
    await until(() => notice(element));
    expect(read(notice(element)!))
      .to.include('Try again in 75 seconds.')
      .and.include('Quota <b>used</b>');
    expect(notice(element)!.querySelector('b')).to.equal(null);
  });

  it('leaves an error to a page that cancels chat-error', async () => {
    const element = await widget({ status: 500 });
    element.addEventListener('chat-error', (failed) => failed.preventDefault());
    await element.send('Go');
    await is(element, 'error');
    await list(element).updateComplete;
    expect(notice(element)).to.equal(null);
  });

  it('shows tools, reasoning and sources of an answer', async () => {
    const element = await widget(
      answer(
        event({ type: 'reasoning', content: 'Let me look.' }),
        event({ type: 'tool_call', id: 'a', name: 'search_docs', input: { q: 'x' } }),
        event({ type: 'tool_result', id: 'a', output: 'Two pages' }),
        words('Here.'),
        event({
          type: 'sources',
          sources: [
            { url: 'https://example.com/a', title: 'Start' },
            { url: 'javascript:alert(1)', title: 'Bad' },
          ],
        }),
        done,
      ),
    );
    await element.send('Go');
    await until(() => shows(last(element), 'Here.'));
    expect(read(last(element)))
      .to.include('Reasoning')
      .and.include('1 · Start')
      .and.include('2 · Bad');
    const links = [...last(element).shadowRoot!.querySelectorAll('a')];
    expect(links.map(({ href }) => href)).to.deep.equal(['https://example.com/a']);
    expect(links[0]!.rel).to.include('noopener');
    const tool = inside(last(element), 'chat-stream-tool-call')!;
    await until(() => read(tool).includes('Search docs'));
    expect(read(tool)).to.include('Two pages');
  });
});
