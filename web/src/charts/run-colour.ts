/** The colour of a run: the same wherever the run is drawn, for everybody. */
/** A place in the palette, which has a light and a dark variant and is gone through again in other strokes, or a colour as it is. */
export type RunColour = number | `#${string}`;

/** MLflow's own tag for it. */
export const runColourTag = 'mlflow.runColor';

/** What a colour of the palette is called in the tag: its light variant, as `--series-0` and so on say. */
export const paletteHexes = [
  '#2b83e0',
  '#dd5f0c',
  '#592dd2',
  '#e0368f',
  '#1b6a7e',
  '#a80d22',
  '#5e2f08',
  '#2a2a6f',
] as const;

export const paletteSize = paletteHexes.length;

/** The palette is gone through as often, each time in another stroke. */
export const strokes: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [8, 3, 2, 3]];

export function isHexColour(text: string): text is `#${string}` {
  return /^#(?:[\da-f]{3}|[\da-f]{6})$/i.test(text);
}

/** The colour that somebody chose, else one that stays with the run for ever: runs made one after another differ. */
export function runColour(runNumber: number, tag: unknown): RunColour {
  if (typeof tag !== 'string' || !isHexColour(tag)) return Math.max(0, runNumber - 1) % paletteSize;
  const place = (paletteHexes as readonly string[]).indexOf(tag.toLowerCase());
  return place < 0 ? tag : place;
}

export function cssColour(colour: RunColour): string {
  return typeof colour === 'number' ? `var(--series-${colour % paletteSize})` : colour;
}
