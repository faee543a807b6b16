/** What a card of lines may have of its own, beside what the page says for all; read from its options. */
import { xKinds } from '../../../charts/axis-text.ts';
import type { RangeChange } from '../../../charts/line/chart-axes.ts';
import type { TooltipOrder } from '../../../charts/line/chart-tooltip.tsx';
import type { CardOptions, CardSpec } from '../card-spec.ts';
import type { ChartSettings } from '../chart-settings.ts';
import { rangeText, readRange } from '../range-text.ts';

export const legendPlaces = ['auto', 'below', 'beside', 'none'] as const;
/** `auto`: names at the ends of a few lines, else below. */
export type LegendPlace = (typeof legendPlaces)[number];

const orders = ['near', 'value'] as const satisfies readonly TooltipOrder[];

/** Parts of a line's name that are not columns. */
export const runPart = 'run';
export const groupPart = 'group';

export interface LineOptions {
  readonly legend: LegendPlace;
  /** `run`, `group`, or columns such as `params.lr`. */
  readonly names: readonly string[];
  readonly order: TooltipOrder;
}

export function lineOptions({ options }: CardSpec): LineOptions {
  const { legend, names, order } = options;
  return {
    legend: legendPlaces.find((one) => one === legend) ?? 'auto',
    names: Array.isArray(names) && names.length > 0 ? (names as readonly string[]) : [runPart],
    order: orders.find((one) => one === order) ?? 'near',
  };
}

const ofMetric = 'metric:';

/** The settings of the page with what the card has in their place. */
export function cardSettings(page: ChartSettings, spec: CardSpec): ChartSettings {
  const { x, logX, logY, from, to } = spec.options;
  const own = typeof x === 'string' && x !== '';
  return {
    ...page,
    ...(own && {
      x: xKinds.find((kind) => kind === x) ?? 'step',
      xMetric: metricOfX(x),
    }),
    ...(typeof logX === 'boolean' && { logX }),
    ...(typeof logY === 'boolean' && { logY }),
    ...(hasOwnZoom(page, spec) && { zoom: readRange(endOf(from), endOf(to)) }),
  };
}

/** A stretch of another x means nothing here, and apart from the others is apart. */
export function hasOwnZoom(page: ChartSettings, { options: { x } }: CardSpec): boolean {
  return !page.synced || (x !== undefined && x !== '');
}

function endOf(option: CardOptions[string]): string | undefined {
  return option === undefined ? undefined : String(option);
}

/** What a change of ranges does: to the card itself, or to all of the page. */
export function withRanges(page: ChartSettings, spec: CardSpec, change: RangeChange): CardSpec | undefined {
  if (!('zoom' in change) || !hasOwnZoom(page, spec)) return undefined;
  const [from, to] = rangeText(change.zoom);
  return { ...spec, options: { ...spec.options, from, to } };
}

/** How the options say another metric along x. */
export function xOfMetric(key: string): string {
  return ofMetric + key;
}

export function metricOfX(x: string): string | undefined {
  return x.startsWith(ofMetric) ? x.slice(ofMetric.length) : undefined;
}
