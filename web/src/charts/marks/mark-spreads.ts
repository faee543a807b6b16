/** How the values of groups are spread: a box as Tukey drew it, or a violin; few values as points beside it. */
import { shortNumber, count } from '../../components/format.ts';
import { text } from '../../text/chart-marks.ts';
import { rangeOfValues } from './mark-range.ts';
import type { Mark, MarkFact, PlanPlot } from './mark-plot.ts';
import { rowsOf } from './mark-rows.ts';
import { paintBox, paintPoints, paintViolin, violinOf, type Violin } from './mark-spread-paint.ts';
import { ascending, boxOf, type BoxFigures } from './mark-statistics.ts';
import type { RunColour } from '../run-colour.ts';
import type { Scales } from '../scales.ts';
import { strokeOf } from '../theme.ts';

export interface Member {
  readonly runId: string;
  readonly name: string;
  /** Finite. */
  readonly value: number;
}

export interface SpreadRow {
  readonly key: string;
  readonly name: string;
  readonly colour: RunColour;
  /** At least one. */
  readonly members: readonly Member[];
}

export type SpreadLook = 'box' | 'violin';

/** With more than these only what lies beyond the whiskers is a point. */
const mostPoints = 80;
const radius = 3;

interface LaidRow {
  readonly row: SpreadRow;
  readonly box: BoxFigures;
  readonly violin: Violin | undefined;
  readonly points: readonly Member[];
}

export function spreadPlot(rows: readonly SpreadRow[], look: SpreadLook, title: string, log: boolean): PlanPlot {
  const laidRows = rows.map((row): LaidRow => {
    const sorted = ascending(row.members.map(({ value }) => value));
    const box = boxOf(sorted);
    const beyond = ({ value }: Member): boolean => value < box.whiskers[0] || value > box.whiskers[1];
    const few = row.members.length <= mostPoints;
    const points = few ? row.members : look === 'box' ? row.members.filter(beyond) : [];
    return { row, box, violin: look === 'violin' ? violinOf(sorted, log) : undefined, points };
  });
  const values = rows.flatMap(({ members }) => members.map(({ value }) => value));
  const ends = laidRows.flatMap(({ violin }) => (violin ? [violin.from, violin.to] : []));
  const range = rangeOfValues([...values, ...ends], log);

  return (size, theme) => {
    const names = rows.map(({ name }) => name);
    const laid = rowsOf({ names, axes: [{ title, range, log }], leastHeight: 36, mostHeight: 110 }, size, theme);
    const [scales] = laid.scales;
    const middleOf = (i: number): number => laid.topOf(i) + laid.rowHeight / 2;
    const thickness = Math.min(56, laid.rowHeight * 0.7);
    const marks = laidRows.flatMap(({ row, box, points }, i): Mark[] => {
      const { colour } = strokeOf(theme, row.colour);
      const place = { left: 0, top: laid.topOf(i), width: laid.width, height: laid.rowHeight };
      const whole = { key: row.key, name: row.name, runIds: row.members.map(({ runId }) => runId), colour };
      return [
        { ...whole, facts: factsOf(row, box), box: place },
        ...points.map((member, n): Mark => {
          const at = { x: scales?.px(member.value) ?? 0, y: middleOf(i) + jitter(n) * thickness };
          return {
            key: `${row.key} ${member.runId}`,
            runIds: [member.runId],
            name: member.name,
            colour,
            facts: [{ label: title, value: shortNumber(member.value) }],
            box: { left: at.x - radius, top: at.y - radius, width: 2 * radius, height: 2 * radius },
          };
        }),
      ];
    });
    return {
      height: laid.height,
      inView: laid.inView,
      marks,
      drawn: { lines: rows.length, points: values.length, maxY: Math.max(-Infinity, ...range) },
      paint: (pen, window) => {
        laid.paint(pen, window, (_, i) => {
          const one = laidRows[i];
          if (one && scales) paintOne(one, scales, i);
        });

        function paintOne({ row, box, violin, points }: LaidRow, along: Scales, i: number): void {
          const middle = middleOf(i);
          const { colour } = strokeOf(theme, row.colour);
          const dots = points.map((member, n) => ({ x: along.px(member.value), y: middle + jitter(n) * thickness }));
          if (violin) paintViolin(pen, violin, box, along, { middle, thickness, colour }, theme);
          else paintBox(pen, box, along, { middle, thickness, colour }, theme);
          paintPoints(pen, dots, radius, colour, theme);
        }
      },
    };
  };
}

/** Between -0.35 and 0.35, never the same for neighbours: multiples of the golden ratio. */
function jitter(place: number): number {
  return (((place + 1) * 0.618034) % 1) * 0.7 - 0.35;
}

function factsOf({ members }: SpreadRow, { median, low, high, whiskers }: BoxFigures): MarkFact[] {
  const range = (from: number, to: number): string => text.range(shortNumber(from), shortNumber(to));
  return [
    { label: text.runs, value: count(members.length) },
    { label: text.median, value: shortNumber(median) },
    { label: text.quartiles, value: range(low, high) },
    { label: text.whiskers, value: range(...whiskers) },
  ];
}
