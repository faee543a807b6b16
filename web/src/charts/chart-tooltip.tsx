import { shortNumber, count } from '../components/format.ts';
import { text } from '../text/charts.ts';
import { xFullText, type XKind } from './axis-text.ts';
import { nearest, type ChartLine } from './line-data.ts';
import { cssColour } from './run-colour.ts';
import type { Scales } from './scales.ts';
import { paletteSize } from './theme.ts';

const mostRows = 12;

interface TooltipProps {
  readonly lines: readonly ChartLine[];
  readonly x: XKind;
  readonly at: number;
  /** Pixels from the top; the lines nearest to it are listed. */
  readonly y: number | undefined;
  readonly scales: Scales;
}

/** The values at the crosshair: the lines nearest to the pointer, greatest value first. */
export function ChartTooltip({ lines, x, at, y, scales }: TooltipProps) {
  const points = lines.flatMap((line) => {
    const place = line.faint ? -1 : nearest(line.x, at);
    const value = line.y[place] ?? NaN;
    return place < 0 || (line.quiet && Number.isNaN(value)) ? [] : [{ line, x: line.x[place] ?? NaN, value }];
  });
  const far = ({ value }: { value: number }): number => {
    const height = scales.py(value);
    return Number.isFinite(height) && y !== undefined ? Math.abs(height - y) : Infinity;
  };
  const near = points.length > mostRows ? [...points].sort((a, b) => far(a) - far(b)).slice(0, mostRows) : points;
  const rows = [...near].sort((a, b) => b.value - a.value);
  const [first] = rows;
  if (!first) return null;
  const left = scales.px(first.x);
  const right = left > scales.box.left + scales.box.width / 2;
  return (
    <div
      className={`chart-tooltip ${right ? 'at-left' : ''}`}
      style={{ left: right ? left - 10 : left + 10, top: scales.box.top }}
      role="status"
    >
      <div className="dim">
        {text[x]} {xFullText(x, first.x)}
      </div>
      {rows.map(({ line, value }) => (
        <div key={line.id} className="chart-tooltip-row">
          <i
            style={{ background: cssColour(typeof line.colour === 'number' ? line.colour % paletteSize : line.colour) }}
          />
          {points.length > 1 && <span>{line.label}</span>}
          <b className="number">{shortNumber(value)}</b>
        </div>
      ))}
      {points.length > rows.length && <div className="dim">{text.more(count(points.length - rows.length))}</div>}
    </div>
  );
}
