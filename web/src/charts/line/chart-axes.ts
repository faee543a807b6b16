/** The axes of a chart as the reader wants them. */
import type { XKind } from '../axis-text.ts';
import type { Range } from './line-data.ts';
import type { YFit } from '../scales.ts';

/** How the axes lie; the same for charts that are looked at together. */
export interface ChartAxes {
  readonly x: XKind;
  /** The metric along x, where it is one; `x` is then `step`, for its marks are plain numbers. */
  readonly xMetric?: string | undefined;
  readonly logX: boolean;
  readonly logY: boolean;
  readonly fit: YFit;
  readonly zoom: Range | undefined;
}

/** What the reader did to the axes: of x and y the one that is there; undefined shows the whole again. */
export interface RangeChange {
  readonly zoom?: Range | undefined;
  readonly limits?: Range | undefined;
}
