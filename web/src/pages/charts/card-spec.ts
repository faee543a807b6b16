/** What a card of the charts page is: plain data that stands in the address and in a saved layout. */
export const cardKinds = [
  'line',
  'bar',
  'scatter',
  'contour',
  'parallel',
  'difference',
  'images',
  'box',
  'violin',
  'histogram',
  'importance',
  'number',
  'note',
] as const;
export type CardKind = (typeof cardKinds)[number];

/** What a kind makes of it is its own: see the file of the kind. Texts and numbers only, so that an address holds it. */
export type CardOptions = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface CardSpec {
  /** Of a card that the reader did not make: `line:` and the metric. */
  readonly id: string;
  readonly kind: CardKind;
  /** Columns as the table of runs names them: `metrics.loss`, `params.lr`, `attributes.duration`; the first names the card. */
  readonly columns: readonly string[];
  readonly options: CardOptions;
}
