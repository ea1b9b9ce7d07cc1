import type { Theme } from './theme.js';

/** Mermaid's own names for colours, from those of the page: quiet boxes and lines, and hues from the accent on. */
export function variables(theme: Theme): Record<string, string | boolean> {
  const { dark, font, text, muted, line, soft, accent, surface } = theme;
  return {
    darkMode: dark,
    fontFamily: font,
    fontSize: '14px',
    background: surface,
    textColor: text,
    titleColor: text,
    primaryColor: soft,
    primaryTextColor: text,
    primaryBorderColor: muted,
    lineColor: muted,
    secondaryColor: line,
    secondaryTextColor: text,
    secondaryBorderColor: muted,
    tertiaryColor: soft,
    tertiaryTextColor: text,
    tertiaryBorderColor: line,
    noteBkgColor: surface,
    noteTextColor: text,
    noteBorderColor: accent,
    edgeLabelBackground: surface,
    dropShadow: 'none',
    sectionBkgColor: soft,
    altSectionBkgColor: surface,
    critBkgColor: dark ? 'hsl(4, 40%, 34%)' : 'hsl(4, 75%, 88%)',
    critBorderColor: 'hsl(4, 55%, 55%)',
    pieTitleTextSize: '16px',
    pieSectionTextSize: '14px',
    pieLegendTextSize: '14px',
    pieStrokeColor: surface,
    pieOuterStrokeColor: surface,
    pieOpacity: '1',
    ...hues(theme),
  };
}

/** Many kinds of diagrams tell their parts apart by colour. */
function hues({ dark, accent, text }: Theme): Record<string, string> {
  const first = hueOf(accent);
  const found: Record<string, string> = {};
  for (let index = 0; index < 12; index++) {
    const hue = (first + index * 47) % 360;
    const colour = dark ? `hsl(${hue}, 32%, 34%)` : `hsl(${hue}, 62%, 84%)`;
    found[`pie${index + 1}`] = colour;
    found[`cScale${index}`] = colour;
    found[`cScaleLabel${index}`] = text;
    found[`git${index}`] = dark ? `hsl(${hue}, 45%, 60%)` : `hsl(${hue}, 50%, 50%)`;
    found[`gitBranchLabel${index}`] = dark ? '#000' : '#fff';
  }
  return found;
}

function hueOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = colour.match(/\d+/g)!.map(Number);
  const most = Math.max(red, green, blue);
  const range = most - Math.min(red, green, blue) || 1;
  const sixth =
    most === red
      ? (green - blue) / range
      : most === green
        ? 2 + (blue - red) / range
        : 4 + (red - green) / range;
  return Math.round(sixth * 60 + 360) % 360;
}
