/** The names of the lines of a chart. A press closes the eye of a run, a double press those of all others. */
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useVirtualRows } from '../components/virtual-rows.ts';
import { text } from '../text/charts.ts';
import { emphasise, emphasisedRun, onEmphasis } from './emphasis.ts';
import { isOfRun, type ChartLine } from './line-data.ts';
import { strokeOf, useChartTheme, type ChartTheme } from './theme.ts';

const rowHeight = 24;
const leastWidth = 170;
const mostRowsBelow = 2;
/** A second press within this time makes it a double one. */
const doubleMs = 250;

interface ChartLegendProps {
  readonly label: string;
  readonly lines: readonly ChartLine[];
  readonly place: 'below' | 'beside';
  /** CSS pixels. */
  readonly width: number;
  readonly onToggle: (line: ChartLine) => void;
  readonly onIsolate: (line: ChartLine) => void;
}

export function ChartLegend({ label, lines, place, width, onToggle, onIsolate }: ChartLegendProps) {
  const shown = lines.filter((line) => !line.faint);
  const inRow = place === 'beside' ? 1 : Math.max(1, Math.floor(width / leastWidth));
  const rows = Math.ceil(shown.length / inRow);
  const { scroller, first, last, onScroll } = useVirtualRows(rows, rowHeight);
  const theme = useChartTheme();
  const single = useRef<{ readonly line: ChartLine; readonly timer: ReturnType<typeof setTimeout> }>(undefined);
  // What a press that waits does goes by what is hidden then, not by what was when it came.
  const toggle = useRef(onToggle);
  useEffect(() => {
    toggle.current = onToggle;
  });
  useEffect(
    () => () => {
      clearTimeout(single.current?.timer);
    },
    [],
  );
  const press = (line: ChartLine, presses: number): void => {
    const before = single.current;
    clearTimeout(before?.timer);
    single.current = undefined;
    // A press on another line is no second one of this.
    const isSecond = presses > 1 && (before?.line.id ?? line.id) === line.id;
    if (before && !isSecond) onToggle(before.line);
    if (isSecond) onIsolate(line);
    // Keys press once.
    else if (presses === 0) onToggle(line);
    // The first press must not take away what the second one is meant for.
    else single.current = { line, timer: setTimeout(() => { single.current = undefined; toggle.current(line); }, doubleMs) }; // prettier-ignore
  };
  return (
    <div
      ref={scroller}
      className={`chart-legend ${place}`}
      role="group"
      aria-label={text.legend(label)}
      onScroll={onScroll}
      style={place === 'below' ? { height: Math.min(rows, mostRowsBelow) * rowHeight } : undefined}
    >
      <div style={{ height: rows * rowHeight }}>
        <div
          className="chart-legend-rows"
          style={{
            transform: `translateY(${first * rowHeight}px)`,
            gridTemplateColumns: `repeat(${inRow}, minmax(0, 1fr))`,
          }}
        >
          {shown.slice(first * inRow, last * inRow).map((line) => (
            <LegendItem key={line.id} line={line} theme={theme} onPress={press} />
          ))}
        </div>
      </div>
    </div>
  );
}

interface LegendItemProps {
  readonly line: ChartLine;
  readonly theme: ChartTheme;
  /** @param presses 0 by the keys */
  readonly onPress: (line: ChartLine, presses: number) => void;
}

function LegendItem({ line, theme, onPress }: LegendItemProps) {
  const { label, run } = line;
  const { colour, dash } = strokeOf(theme, line.colour);
  // Each asks for itself: when the pointer goes from line to line, two of hundreds render.
  const strong = useSyncExternalStore(onEmphasis, () => isOfRun(line, emphasisedRun()));
  return (
    <button
      type="button"
      className={strong ? 'strong' : undefined}
      title={label}
      aria-label={text.toggle(label)}
      onClick={({ detail }) => {
        onPress(line, detail);
      }}
      onPointerEnter={() => {
        emphasise(run);
      }}
      onPointerLeave={() => {
        emphasise(undefined);
      }}
    >
      <svg aria-hidden="true">
        <path d="M0 5h16" stroke={colour} strokeDasharray={dash.join(' ')} />
      </svg>
      <span className="ellipsis">{label}</span>
    </button>
  );
}
