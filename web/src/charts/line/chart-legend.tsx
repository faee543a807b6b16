/**
 * The names of the lines of a chart. A press puts a line away or brings it back, a double press leaves it alone, or ends
 * that. What is put away keeps its place, struck.
 */
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useVirtualRows } from '../../components/virtual-rows.ts';
import { text } from '../../text/charts.ts';
import { emphasise, emphasisedRun, onEmphasis } from '../emphasis.ts';
import { isOfRun, type ChartLine } from './line-data.ts';
import { strokeOf, useChartTheme, type ChartTheme } from '../theme.ts';

const rowHeight = 24;
const leastWidth = 170;
const mostRowsBelow = 2;
/** Of the button that brings all back: its place is kept, so that no name moves when it comes. */
const backWidth = 72;
/** A second press within this time makes it a double one. */
const doubleMs = 250;

export interface LegendEntry extends Pick<ChartLine, 'id' | 'label' | 'colour' | 'run' | 'members'> {
  readonly putAway?: boolean;
}

interface ChartLegendProps {
  readonly label: string;
  readonly entries: readonly LegendEntry[];
  readonly place: 'below' | 'beside';
  /** CSS pixels. */
  readonly width: number;
  readonly onToggle: (entry: LegendEntry) => void;
  readonly onSingle: (entry: LegendEntry) => void;
  readonly onAllBack: () => void;
}

export function ChartLegend({ label, entries, place, width, onToggle, onSingle, onAllBack }: ChartLegendProps) {
  const inRow = place === 'beside' ? 1 : Math.max(1, Math.floor((width - backWidth) / leastWidth));
  const rows = Math.ceil(entries.length / inRow);
  const { scroller, first, last, onScroll } = useVirtualRows(rows, rowHeight);
  const theme = useChartTheme();
  const single = useRef<{ readonly entry: LegendEntry; readonly timer: ReturnType<typeof setTimeout> }>(undefined);
  // What a press that waits does goes by what is put away then, not by what was when it came.
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
  const press = (entry: LegendEntry, presses: number): void => {
    const before = single.current;
    clearTimeout(before?.timer);
    single.current = undefined;
    // A press on another line is no second one of this.
    const isSecond = presses > 1 && (before?.entry.id ?? entry.id) === entry.id;
    if (before && !isSecond) onToggle(before.entry);
    if (isSecond) onSingle(entry);
    // Keys press once.
    else if (presses === 0) onToggle(entry);
    // The first press must not take away what the second one is meant for.
    else single.current = { entry, timer: setTimeout(() => { single.current = undefined; toggle.current(entry); }, doubleMs) }; // prettier-ignore
  };
  return (
    <div className={`chart-legend ${place}`} role="group" aria-label={text.legend(label)}>
      <div
        ref={scroller}
        className="chart-legend-names"
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
            {entries.slice(first * inRow, last * inRow).map((entry) => (
              <LegendItem key={entry.id} entry={entry} theme={theme} onPress={press} />
            ))}
          </div>
        </div>
      </div>
      <button
        type="button"
        className="link chart-legend-back"
        hidden={!entries.some(({ putAway }) => putAway)}
        onClick={onAllBack}
      >
        {text.allBack}
      </button>
    </div>
  );
}

interface LegendItemProps {
  readonly entry: LegendEntry;
  readonly theme: ChartTheme;
  /** @param presses 0 by the keys */
  readonly onPress: (entry: LegendEntry, presses: number) => void;
}

function LegendItem({ entry, theme, onPress }: LegendItemProps) {
  const { label, run, putAway = false } = entry;
  const { colour, dash } = strokeOf(theme, entry.colour);
  // Each asks for itself: when the pointer goes from line to line, two of hundreds render.
  const strong = useSyncExternalStore(onEmphasis, () => isOfRun(entry, emphasisedRun()));
  return (
    <button
      type="button"
      className={strong ? 'strong' : undefined}
      title={label}
      aria-pressed={!putAway}
      onClick={({ detail }) => {
        onPress(entry, detail);
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
