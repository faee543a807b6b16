/** The y ranges that the reader has set, chart by chart: `name~from~to`, with commas between. */
import { useMemo } from 'react';
import type { Range } from '../../charts/line/line-data.ts';
import { useUrlState, type UrlValues } from '../../components/url-state.ts';
import { decoded, encoded } from '../../components/use-url-set.ts';
import { rangeText, readRange } from './range-text.ts';

export type YRanges = ReadonlyMap<string, Range>;

export function useYRanges(): YRanges {
  const [{ yr = '' }] = useUrlState();
  return useMemo(() => {
    const ranges = new Map<string, Range>();
    for (const entry of yr.split(',')) {
      const [name = '', from, to] = entry.split('~');
      const range = readRange(from, to);
      if (range) ranges.set(decoded(name), range);
    }
    return ranges;
  }, [yr]);
}

/** What another range of one chart is in the address. */
export function urlOfYRange(ranges: YRanges, key: string, range: Range | undefined): UrlValues {
  const next = new Map(ranges);
  if (range) next.set(key, range);
  else next.delete(key);
  return { yr: [...next].map(([name, one]) => [encoded(name), ...rangeText(one)].join('~')).join() };
}
