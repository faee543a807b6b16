/** The ranges of one chart: x is that of all charts of the page, y its own. */
import type { RangeChange } from '../../charts/line/chart-axes.ts';
import type { Range } from '../../charts/line/line-data.ts';
import { useUrlState } from '../../components/url-state.ts';
import { urlOf } from './chart-settings.ts';
import { urlOfYRange, useYRanges } from './use-y-ranges.ts';

export function useChartRanges(key: string): [limits: Range | undefined, change: (change: RangeChange) => void] {
  const [, setUrl] = useUrlState();
  const ranges = useYRanges();
  return [
    ranges.get(key),
    (change) => {
      setUrl({
        ...('zoom' in change && urlOf({ zoom: change.zoom })),
        ...('limits' in change && urlOfYRange(ranges, key, change.limits)),
      });
    },
  ];
}
