import type { RangeChange } from '../../../charts/line/chart-axes.ts';
import type { Range } from '../../../charts/line/line-data.ts';
import type { CardSpec } from '../card-spec.ts';
import type { ChartSettings } from '../chart-settings.ts';
import { useChartRanges } from '../use-chart-ranges.ts';
import { withRanges } from './line-options.ts';

/** The ranges of a card of lines: y its own, x that of the page unless the card has one of its own. */
export function useCardRanges(
  page: ChartSettings,
  spec: CardSpec,
  onChange: (spec: CardSpec) => void,
): [limits: Range | undefined, change: (change: RangeChange) => void] {
  const [limits, change] = useChartRanges(spec.id);
  return [
    limits,
    (ranges) => {
      const changed = withRanges(page, spec, ranges);
      if (!changed) {
        change(ranges);
        return;
      }
      onChange(changed);
      if ('limits' in ranges) change({ limits: ranges.limits });
    },
  ];
}
