import { useMemo } from 'react';
import type { Trial } from '../../api/automl-ranking.ts';
import type { AutomlConfig } from '../../api/automl-rules.ts';
import { cssColour } from '../../charts/run-colour.ts';
import { XyChart } from '../../charts/line/xy-chart.tsx';
import { count, shortNumber } from '../../components/format.ts';
import { text as words } from '../../text/automl-words.ts';
import { text } from '../../text/automl.ts';
import { shownRange, trialSeries } from './trial/trial-series.ts';

interface ProgressChartProps {
  readonly trials: readonly Trial[];
  readonly started: number;
  readonly config: AutomlConfig;
  readonly chosen: string | undefined;
  readonly onChoose: (runId: string) => void;
}

/** How the search gets on: each trial when it ended, and the best value until then. A click opens the trial. */
export function ProgressChart({ trials, started, config, chosen, onChoose }: ProgressChartProps) {
  const series = useMemo(() => trialSeries(trials, started, config), [trials, started, config]);
  const range = useMemo(() => shownRange(trials, config), [trials, config]);
  const label = text.chart.title(words.metrics[config.primary_metric]);
  const best = series[0]?.y.at(-1);
  const ended = series.reduce((sum, { look, x }) => sum + (look === 'points' ? x.length : 0), 0);
  return (
    <figure className="chart-card automl-chart" aria-label={label}>
      <figcaption>
        <span className="ellipsis">{label}</span>
        {(best === undefined ? [] : series).map(({ label: name, colour, look }) => (
          <span key={`${name} ${look}`} className="count-legend">
            <i className={look} style={{ background: cssColour(colour) }} />
            {name}
          </span>
        ))}
      </figcaption>
      <div className="chart-body">
        {best === undefined ? (
          <div className="chart-state">{text.chart.waiting}</div>
        ) : (
          <XyChart
            label={`${label}. ${text.chart.summary(count(ended), shortNumber(best))}`}
            series={series}
            kind="relative"
            xEnds={[0, Infinity]}
            yEnds={range}
            format={shortNumber}
            chosen={chosen}
            onChoose={onChoose}
          />
        )}
      </div>
    </figure>
  );
}
