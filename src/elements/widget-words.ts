/** What a person reads in a widget besides the backend's own words. */
export interface WidgetWords {
  /** On the button that loads an image, and what it shows if that is known. */
  showImage: (alt: string) => string;
  imageFailed: string;
  showMore: string;
  /** On a choice that has no value yet. */
  choose: string;
  /** On what opens a card that is folded. */
  details: string;
  /** In the place of what this version cannot draw. */
  unsupported: (type: string) => string;
  leftOut: string;
}

export const englishWidget: WidgetWords = {
  showImage: (alt) => (alt ? `Show image: ${alt}` : 'Show image'),
  imageFailed: 'The image could not be loaded',
  showMore: 'Show more',
  choose: 'Choose…',
  details: 'Details',
  unsupported: (type) => `${type} cannot be shown here`,
  leftOut: 'The rest is left out',
};

declare module '../controllers/strings.js' {
  interface Strings {
    /** Words of widgets; they are fetched with the first widget. */
    widget?: Partial<WidgetWords>;
  }
}
