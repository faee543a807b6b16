/**
 * The numbers of a plot of a trial: `plots/<name>.json`, beside the picture `plots/<name>.png`. Pages draw them; a plot
 * without them, or of another shape, is shown as its picture.
 */
interface XYPlot {
  /** What the axes are. */
  readonly x: string;
  readonly y: string;
}

/** Such as ROC, PR, calibration; a forecast with its actual values and its band. */
export interface LinesPlot extends XYPlot {
  readonly kind: 'lines';
  /** By the words of the legend; times as texts that dates are read from, such as `2024-03-01`. */
  readonly lines: Readonly<Record<string, { readonly x: readonly (number | string)[]; readonly y: readonly number[] }>>;
}

/** Such as predicted and actual values; no more than 2,000 points. */
export interface PointsPlot extends XYPlot {
  readonly kind: 'points';
  readonly points: { readonly x: readonly number[]; readonly y: readonly number[] };
}

/** Such as importance by column, in the order in which they are shown. */
export interface BarsPlot {
  readonly kind: 'bars';
  readonly x: string;
  readonly bars: Readonly<Record<string, number>>;
}

/** Such as a confusion matrix: `values[i][j]` of row i and column j. */
export interface MatrixPlot extends XYPlot {
  readonly kind: 'matrix';
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly values: readonly (readonly number[])[];
}

export type Plot = LinesPlot | PointsPlot | BarsPlot | MatrixPlot;
