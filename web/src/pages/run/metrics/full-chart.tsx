import type { LastMetric, RunDetail } from '../../../api/run.ts';
import { IconButton } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { count } from '../../../components/format.ts';
import { useHotkeys } from '../../../components/hotkeys.ts';
import { useUrlState } from '../../../components/url-state.ts';
import { text } from '../../../text/run.ts';
import { useUrlSet } from '../use-url-set.ts';
import { ChartCard } from './chart-card.tsx';
import type { ChartSettings } from './chart-settings.ts';

interface FullChartProps {
  readonly run: RunDetail;
  readonly metric: LastMetric;
  /** Those that the arrows step through. */
  readonly charts: readonly LastMetric[];
  readonly settings: ChartSettings;
}

/** One chart over the whole window; the arrows go to its neighbours. */
export function FullChart({ run, metric, charts, settings }: FullChartProps) {
  const [, setUrl] = useUrlState();
  const [tables, toggleTable] = useUrlSet('table');
  const at = charts.findIndex(({ key }) => key === metric.key);
  const step = (by: number): void => {
    const next = charts[at + by];
    if (next) setUrl({ full: next.key }, { replace: true });
  };
  const close = (): void => {
    setUrl({ full: undefined });
  };
  const previous = { label: text.charts.previous, run: step.bind(undefined, -1) };
  const next = { label: text.charts.next, run: step.bind(undefined, 1) };
  useHotkeys({
    ArrowLeft: previous,
    ArrowUp: previous.run,
    ArrowRight: next,
    ArrowDown: next.run,
    f: { label: text.charts.closeFull, run: close },
    // The search is behind this layer.
    '/': () => undefined,
  });
  return (
    <Dialog kind="full" title={metric.key} onClose={close}>
      <ChartCard
        key={metric.key}
        run={run}
        metric={metric}
        settings={settings}
        width={innerWidth}
        asTable={tables.has(metric.key)}
        onTable={toggleTable}
        alone={false}
        tools={
          <>
            <IconButton icon="left" label={text.charts.previous} disabled={at <= 0} onClick={previous.run} />
            <IconButton icon="right" label={text.charts.next} disabled={at === charts.length - 1} onClick={next.run} />
            <span className="dim" role="status">
              {text.place(count(at + 1), count(charts.length))}
            </span>
          </>
        }
      />
    </Dialog>
  );
}

/** The chart that the focus or the pointer is in, else the first on the page. */
export function pointedChart(): string | undefined {
  const places = ['.chart-card:focus-within', '.chart-card:hover', '.chart-card'];
  for (const place of places) {
    const card = document.querySelector<HTMLElement>(place);
    if (card) return card.dataset['metric'];
  }
  return undefined;
}
