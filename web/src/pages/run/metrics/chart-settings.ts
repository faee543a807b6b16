/** How the charts of a page are drawn; all of it stands in the address. */
import { useMemo } from 'react';
import { xKinds, type XKind } from '../../../charts/axis-text.ts';
import type { Range } from '../../../charts/line-data.ts';
import { yFits, type YFit } from '../../../charts/scales.ts';
import { useUrlState } from '../../../components/url-state.ts';

export interface ChartSettings {
  readonly x: XKind;
  readonly logY: boolean;
  readonly fit: YFit;
  /** 0 to 0.99 */
  readonly smoothing: number;
  readonly synced: boolean;
  /** In units of the x axis. */
  readonly zoom: Range | undefined;
}

export type ChangeSettings = (change: Partial<ChartSettings>) => void;

export function useChartSettings(): [ChartSettings, ChangeSettings] {
  const [{ x, y, log, smooth, sync, from, to }, setUrl] = useUrlState();
  const settings = useMemo<ChartSettings>(
    () => ({
      x: xKinds.find((kind) => kind === x) ?? 'step',
      logY: log === '1',
      fit: yFits.find((fit) => fit === y) ?? 'visible',
      smoothing: Math.max(0, Math.min(0.99, Number(smooth ?? 0) || 0)),
      synced: sync !== '0',
      zoom: rangeOf(from, to),
    }),
    [x, y, log, smooth, sync, from, to],
  );
  const change: ChangeSettings = (part) => {
    const next: Record<string, string | undefined> = {};
    if (part.x !== undefined)
      Object.assign(next, { x: part.x === 'step' ? undefined : part.x, from: undefined, to: undefined });
    if (part.fit !== undefined) next['y'] = part.fit === 'visible' ? undefined : part.fit;
    if (part.logY !== undefined) next['log'] = part.logY ? '1' : undefined;
    if (part.synced !== undefined) next['sync'] = part.synced ? undefined : '0';
    if (part.smoothing !== undefined) next['smooth'] = part.smoothing > 0 ? String(part.smoothing) : undefined;
    if ('zoom' in part) Object.assign(next, { from: shown(part.zoom?.[0]), to: shown(part.zoom?.[1]) });
    setUrl(next, { replace: part.smoothing !== undefined });
  };
  return [settings, change];
}

function rangeOf(from: string | undefined, to: string | undefined): Range | undefined {
  const [low, high] = [Number(from ?? NaN), Number(to ?? NaN)];
  return Number.isFinite(low) && Number.isFinite(high) && low < high ? [low, high] : undefined;
}

/** No more digits than a pixel is worth. */
function shown(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(Number(value.toPrecision(Math.abs(value) > 1e9 ? 14 : 6)));
}
