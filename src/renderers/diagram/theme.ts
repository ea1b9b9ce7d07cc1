/** What the frame is asked to draw. */
export interface Drawing {
  source: string;
  theme: Theme;
}

/** How the page looks where the diagram will stand; colours as `rgb(…)`. */
export interface Theme {
  dark: boolean;
  font: string;
  text: string;
  muted: string;
  line: string;
  soft: string;
  accent: string;
  surface: string;
}

const PROPERTIES = {
  text: ['--_text', 'CanvasText'],
  muted: ['--_muted', 'GrayText'],
  line: ['--_line', 'GrayText'],
  soft: ['--_soft', 'Canvas'],
  accent: ['--_accent', 'LinkText'],
  surface: ['--_surface', 'Canvas'],
} as const;

/** Reads the looks of the page; only a computed colour has its `light-dark()` and `color-mix()` resolved. */
export function themeOf(element: HTMLElement): Theme {
  const probe = document.createElement('span');
  element.append(probe);
  probe.style.fontFamily = "var(--chat-font, system-ui, 'Segoe UI', sans-serif)";
  const computed = getComputedStyle(probe);
  const colours = Object.entries(PROPERTIES).map(([name, [property, system]]) => {
    probe.style.color = `var(${property}, ${system})`;
    return [name, opaque(computed.color)];
  });
  const { text, surface, ...others } = Object.fromEntries(colours) as Record<keyof typeof PROPERTIES, string>;
  const theme = {
    ...others,
    text,
    surface,
    font: computed.fontFamily,
    dark: luminance(text) > luminance(surface),
  };
  probe.remove();
  return theme;
}

/** As `rgb(…)`, the one notation that every engine and Mermaid know: a page may write colours in any. */
function opaque(colour: string): string {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = colour.match(/\d+/g)!.map(Number);
  return 0.3 * red + 0.6 * green + 0.1 * blue;
}
