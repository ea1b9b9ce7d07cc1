import { LitElement, nothing } from 'lit';
import { consume, stringsContext } from '../controllers/contexts.js';
import { base } from './base.styles.js';
import { ChatWidgetActionEvent } from './message-events.js';
import { chart } from './widget-chart.js';
import { actionOf } from './widget-form-data.js';
import { widgetFormStyles } from './widget-form.styles.js';
import { formNodes } from './widget-form.js';
import { image } from './widget-image.js';
import { plainNodes } from './widget-nodes.js';
import { rootNodes } from './widget-roots.js';
import { WidgetView, type WidgetHost } from './widget-view.js';
import { englishWidget } from './widget-words.js';
import { widgetTextStyles } from './widget-text.styles.js';
import { widgetStyles } from './widget.styles.js';

const nodes = { ...plainNodes, ...formNodes, ...rootNodes, Image: image, Chart: chart };

/**
 * A ChatKit widget (chatkit-python `widgets.py`): a tree of cards, lists, texts and fields, drawn with our own elements in the
 * page's own look. The tree is data that may come from anywhere: nothing in it runs, and nothing in it loads unasked.
 *
 * @tag chat-stream-widget
 * @summary A widget that a ChatKit server sent. A leaf: needs no chat.
 * @attr {string} item-id - The id of the item it came in
 * @csspart card - A card or a list
 * @csspart status - The line above a card or a list
 * @csspart button - A button
 * @csspart item - What makes a row of a list a button
 * @csspart image - A picture, or the button that loads it
 * @csspart unknown - What stands for a node that cannot be drawn
 * @fires {ChatWidgetActionEvent} chat-widget-action - A person pressed, chose or sent something; cancelable
 * @fires {ChatLinkClickEvent} chat-link-click - A link was clicked; cancelable
 */
export class ChatStreamWidgetElement extends LitElement {
  static override properties = { widget: { attribute: false }, itemId: { attribute: 'item-id' } };
  static override styles = [base, widgetStyles, widgetTextStyles, widgetFormStyles];

  /** The tree: plain data. A new object for every change. */
  declare widget: unknown;
  /** The id of the item it came in; told with every action. */
  declare itemId: string | undefined;
  readonly #strings = consume(this, stringsContext);
  readonly #shown = new Set<string>();
  readonly #failed = new Set<string>();
  #unfolded = false;

  protected override render() {
    if (this.widget === null || typeof this.widget !== 'object') return nothing;
    return new WidgetView(this.#host(), nodes, this.widget).node(this.widget);
  }

  /** A table that is wider than the line can be scrolled by keyboard. */
  protected override updated(): void {
    for (const chart of this.renderRoot.querySelectorAll<HTMLElement>('.chart'))
      chart.tabIndex = chart.scrollWidth > chart.clientWidth ? 0 : -1;
  }

  #host(): WidgetHost {
    return {
      words: { ...englishWidget, ...this.#strings.value?.widget },
      shown: this.#shown,
      failed: this.#failed,
      unfolded: this.#unfolded,
      show: this.#show,
      fail: this.#fail,
      unfold: this.#unfold,
      act: this.#act,
    };
  }

  readonly #act: WidgetHost['act'] = (event, asked, own) => {
    const form = (event.currentTarget as Element).closest('form');
    const action = actionOf(asked, form, own);
    if (action) this.dispatchEvent(new ChatWidgetActionEvent(action, this.itemId));
  };

  /** The button that had the focus goes away: the picture takes it. */
  readonly #show = (address: string): void => {
    this.#shown.add(address);
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const images = [...this.renderRoot.querySelectorAll('img')];
      images.find(({ src }) => src === address)?.focus();
    });
  };

  readonly #fail = (address: string): void => {
    this.#failed.add(address);
    this.requestUpdate();
  };

  readonly #unfold = (event: Event): void => {
    const list = (event.currentTarget as Element).parentElement!.querySelector('ul')!;
    const known = list.children.length;
    this.#unfolded = true;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const first = list.children[known];
      (first?.querySelector<HTMLElement>('.cover') ?? (first as HTMLElement | undefined))?.focus();
    });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-stream-widget': ChatStreamWidgetElement;
  }
}
