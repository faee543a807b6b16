/** How the charts of a page are drawn; all of it stands in the address. */
import { useMemo } from 'react';
import { xKinds } from '../../charts/axis-text.ts';
import type { ChartAxes } from '../../charts/line/chart-axes.ts';
import { yFits } from '../../charts/scales.ts';
import { smoothers, type Smoothing } from '../../charts/line/smoothing.ts';
import { useUrlState, type UrlValues } from '../../components/url-state.ts';
import { readList, writeList } from '../runs/run-query.ts';
import { rangeText, readRange } from './range-text.ts';

export const centres = ['mean', 'median'] as const;
export type Centre = (typeof centres)[number];

/** Around the centre of a group: least to greatest, one standard deviation or error, 95 % confidence, or each member thin. */
export const bands = ['range', 'std', 'error', 'ci', 'members', 'none'] as const;
export type Band = (typeof bands)[number];

export interface ChartSettings extends ChartAxes {
  /** Joined by step. */
  readonly xMetric: string | undefined;
  readonly smoothing: Smoothing;
  readonly synced: boolean;
  /** Charts side by side; 0: as many as there is room for. */
  readonly columns: number;
  /** Columns whose equal values make runs one group; empty: each run is a line. */
  readonly group: readonly string[];
  readonly centre: Centre;
  readonly band: Band;
}

export type ChangeSettings = (change: Partial<ChartSettings>) => void;

export const mostColumns = 4;
const ofMetric = 'metric:';

export function useChartSettings(): [ChartSettings, ChangeSettings] {
  const [{ x, y, log, logx, smooth, by, sync, from, to, cols, group, centre, band }, setUrl] = useUrlState();
  const settings = useMemo<ChartSettings>(
    () => ({
      x: xKinds.find((kind) => kind === x) ?? 'step',
      xMetric: x?.startsWith(ofMetric) ? x.slice(ofMetric.length) : undefined,
      logX: logx === '1',
      logY: log === '1',
      fit: yFits.find((fit) => fit === y) ?? 'visible',
      smoothing: smoothingOf(by, smooth),
      synced: sync !== '0',
      zoom: readRange(from, to),
      columns: Math.max(0, Math.min(mostColumns, Math.trunc(Number(cols ?? 0)) || 0)),
      group: readList(group),
      centre: centres.find((one) => one === centre) ?? 'mean',
      band: bands.find((one) => one === band) ?? 'range',
    }),
    [x, y, log, logx, smooth, by, sync, from, to, cols, group, centre, band],
  );
  const change: ChangeSettings = (part) => {
    setUrl(urlOf(part), { replace: part.smoothing !== undefined });
  };
  return [settings, change];
}

function smoothingOf(name: string | undefined, value: string | undefined): Smoothing {
  const by = smoothers.find((one) => one === name) ?? 'ema';
  const amount = Number(value ?? 0) || 0;
  return { by, amount: Math.max(0, Math.min(by === 'ema' ? 0.99 : 100_000, amount)) };
}

/** What a change is in the address. */
export function urlOf(part: Partial<ChartSettings>): UrlValues {
  const url: Record<string, string | undefined> = {};
  const flag = (on: boolean): string | undefined => (on ? '1' : undefined);
  const unless = <T extends string>(value: T, usual: T): T | undefined => (value === usual ? undefined : value);
  // A stretch of steps is none of time.
  if (part.x !== undefined || part.xMetric !== undefined) {
    const x = part.xMetric === undefined ? unless(part.x ?? 'step', 'step') : ofMetric + part.xMetric;
    Object.assign(url, { x, from: undefined, to: undefined });
  }
  if (part.fit !== undefined) url['y'] = unless(part.fit, 'visible');
  if (part.logX !== undefined) url['logx'] = flag(part.logX);
  if (part.logY !== undefined) url['log'] = flag(part.logY);
  if (part.synced !== undefined) url['sync'] = part.synced ? undefined : '0';
  if (part.columns !== undefined) url['cols'] = part.columns === 0 ? undefined : String(part.columns);
  if (part.smoothing !== undefined) {
    const { by, amount } = part.smoothing;
    Object.assign(url, { smooth: amount > 0 ? String(amount) : undefined, by: unless(by, 'ema') });
  }
  if ('zoom' in part) {
    const [from, to] = rangeText(part.zoom);
    Object.assign(url, { from, to });
  }
  if (part.group !== undefined) url['group'] = writeList(part.group);
  if (part.centre !== undefined) url['centre'] = unless(part.centre, 'mean');
  if (part.band !== undefined) url['band'] = unless(part.band, 'range');
  return url;
}
