import { ChartTable } from '../../../charts/line/chart-table.tsx';
import { LineChart } from '../../../charts/line/line-chart.tsx';
import type { ChartLine, Range } from '../../../charts/line/line-data.ts';
import { cssColour } from '../../../charts/run-colour.ts';
import { IconButton } from '../../../components/button.tsx';
import { text } from '../../../text/endpoints.ts';

interface CountChartProps {
  readonly label: string;
  readonly lines: readonly ChartLine[];
  readonly range: Range;
  readonly asTable: boolean;
  readonly onTable: () => void;
  readonly onZoom: (zoom: Range | undefined) => void;
}

/** Lines over time with their legend; the same as a table for who wants the figures. */
export function CountChart({ label, lines, range, asTable, onTable, onZoom }: CountChartProps) {
  return (
    <figure className="chart-card count-chart" aria-label={label}>
      <figcaption>
        <span className="ellipsis">{label}</span>
        {lines.length > 1 &&
          lines.map((line) => (
            <span key={line.id} className="count-legend">
              <i style={{ background: cssColour(line.colour) }} />
              {line.label}
            </span>
          ))}
        <span className="spacer" />
        <IconButton
          icon={asTable ? 'chart' : 'rows'}
          label={`${label}: ${asTable ? text.metrics.asChart : text.metrics.asTable}`}
          onClick={onTable}
        />
      </figcaption>
      <div className="chart-body">
        {asTable ? (
          <ChartTable label={label} lines={lines} x="time" />
        ) : (
          <LineChart
            label={label}
            lines={lines}
            axes={{ x: 'time', logX: false, logY: false, fit: 'zero', zoom: range }}
            onRanges={(change) => {
              if ('zoom' in change) onZoom(change.zoom);
            }}
          />
        )}
      </div>
    </figure>
  );
}
