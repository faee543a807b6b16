/** How the charts of a page are drawn; all of it stands in the address. */
import { useMemo } from 'react';
import { xKinds } from '../../../charts/axis-text.ts';
import type { ChartAxes } from '../../../charts/chart-axes.ts';
import { yFits } from '../../../charts/scales.ts';
import { smoothers, type Smoothing } from '../../../charts/smoothing.ts';
import { useUrlState, type UrlValues } from '../../../components/url-state.ts';
import { rangeText, readRange } from './range-text.ts';

export interface ChartSettings extends ChartAxes {
  readonly smoothing: Smoothing;
  readonly synced: boolean;
  /** Charts side by side; 0: as many as there is room for. */
  readonly columns: number;
}

export type ChangeSettings = (change: Partial<ChartSettings>) => void;

export const mostColumns = 4;

export function useChartSettings(): [ChartSettings, ChangeSettings] {
  const [{ x, y, log, logx, smooth, by, sync, from, to, cols }, setUrl] = useUrlState();
  const settings = useMemo<ChartSettings>(
    () => ({
      x: xKinds.find((kind) => kind === x) ?? 'step',
      logX: logx === '1',
      logY: log === '1',
      fit: yFits.find((fit) => fit === y) ?? 'visible',
      smoothing: smoothingOf(by, smooth),
      synced: sync !== '0',
      zoom: readRange(from, to),
      columns: Math.max(0, Math.min(mostColumns, Math.trunc(Number(cols ?? 0)) || 0)),
    }),
    [x, y, log, logx, smooth, by, sync, from, to, cols],
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
  // A stretch of steps is none of time.
  if (part.x !== undefined)
    Object.assign(url, { x: part.x === 'step' ? undefined : part.x, from: undefined, to: undefined });
  if (part.fit !== undefined) url['y'] = part.fit === 'visible' ? undefined : part.fit;
  if (part.logX !== undefined) url['logx'] = flag(part.logX);
  if (part.logY !== undefined) url['log'] = flag(part.logY);
  if (part.synced !== undefined) url['sync'] = part.synced ? undefined : '0';
  if (part.columns !== undefined) url['cols'] = part.columns === 0 ? undefined : String(part.columns);
  if (part.smoothing !== undefined) {
    const { by, amount } = part.smoothing;
    Object.assign(url, { smooth: amount > 0 ? String(amount) : undefined, by: by === 'ema' ? undefined : by });
  }
  if ('zoom' in part) {
    const [from, to] = rangeText(part.zoom);
    Object.assign(url, { from, to });
  }
  return url;
}
