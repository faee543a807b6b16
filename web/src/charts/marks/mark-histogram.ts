/** How many values lie in each stretch of an axis, the groups of runs one above the other. */
import { count, shortNumber } from '../../components/format.ts';
import { text } from '../../text/chart-marks.ts';
import { paintAxes } from '../line/line-paint.ts';
import { boxBeside } from './mark-axes.ts';
import type { Mark, PlanPlot } from './mark-plot.ts';
import type { Member, SpreadRow } from './mark-spreads.ts';
import { ascending, binEdges, binOf } from './mark-statistics.ts';
import { scalesOf } from '../scales.ts';
import { strokeOf, type ChartTheme } from '../theme.ts';
import { keysHeight, paintKeys, type ValueKey } from '../value-key.ts';

export interface Bin {
  readonly from: number;
  readonly to: number;
  /** One for each group. */
  readonly members: readonly (readonly Member[])[];
}

export interface HistogramWish {
  readonly log: boolean;
  /** Undefined: as many as the values ask for. */
  readonly bins: number | undefined;
}

/** On a logarithmic axis the bins are equally wide in powers of ten. */
export function binsOf(rows: readonly SpreadRow[], { log, bins }: HistogramWish): Bin[] {
  const place = log ? Math.log10 : (value: number): number => value;
  const edges = binEdges(ascending(rows.flatMap(({ members }) => members.map(({ value }) => place(value)))), bins);
  const shown = log ? edges.map((edge) => 10 ** edge) : edges;
  const groups = rows.map(({ members }) => Object.groupBy(members, ({ value }) => binOf(edges, place(value))));
  return edges.slice(1).map((_, bin) => ({
    from: shown[bin] ?? 0,
    to: shown[bin + 1] ?? 0,
    members: groups.map((group) => group[bin] ?? []),
  }));
}

export function histogramPlot(rows: readonly SpreadRow[], bins: readonly Bin[], { log }: HistogramWish): PlanPlot {
  const highest = Math.max(1, ...bins.map(sizeOf));
  return (size, theme) => {
    const y = [0, highest * 1.05] as const;
    const key = keyOf(rows, theme);
    const bottom = 24 + keysHeight(key);
    const box = boxBeside(size, { range: y, log: false }, theme, { top: 8, right: 12, bottom });
    const scales = scalesOf(box, [bins[0]?.from ?? 0, bins.at(-1)?.to ?? 1], y, log, false);
    const placed = bins.map((bin) => {
      const [from, to] = [scales.px(bin.from), scales.px(bin.to)];
      return { bin, left: from + 0.5, width: Math.max(1, to - from - 1) };
    });
    const marks = placed.map(({ bin, ...place }): Mark => ({
      key: String(bin.from),
      name: text.range(shortNumber(bin.from), shortNumber(bin.to)),
      colour: strokeOf(theme, rows[0]?.colour ?? 0).colour,
      runIds: bin.members.flat().map(({ runId }) => runId),
      facts: factsOf(rows, bin),
      box: { ...place, top: box.top, height: box.height },
    }));
    return {
      height: size.height,
      marks,
      drawn: { lines: bins.length, points: bins.reduce((sum, bin) => sum + sizeOf(bin), 0), maxY: highest },
      paint: (pen) => {
        paintAxes(pen, scales, 'step', theme);
        for (const { bin, left: at, width } of placed) {
          let below = 0;
          for (const [i, members] of bin.members.entries()) {
            const [from, to] = [scales.py(below), scales.py((below += members.length))];
            pen.fillStyle = strokeOf(theme, rows[i]?.colour ?? 0).colour;
            pen.globalAlpha = 0.85;
            pen.fillRect(at, to, width, from - to);
          }
        }
        pen.globalAlpha = 1;
        paintKeys(pen, key, { left: box.left, top: box.top + box.height + 24, width: box.width }, theme);
      },
    };
  };
}

/** Which colour is which group. */
function keyOf(rows: readonly SpreadRow[], theme: ChartTheme): ValueKey[] {
  if (rows.length < 2) return [];
  const entries = rows.map(({ name, colour }) => ({
    label: name,
    colour: strokeOf(theme, colour).colour,
    shape: 'square' as const,
    radius: 5,
  }));
  return [{ title: '', entries }];
}

function sizeOf({ members }: Bin): number {
  return members.reduce((sum, one) => sum + one.length, 0);
}

function factsOf(rows: readonly SpreadRow[], bin: Bin): Mark['facts'] {
  const all = { label: text.runs, value: count(sizeOf(bin)) };
  if (rows.length < 2) return [all];
  const parts = rows.flatMap(({ name }, i) => {
    const members = bin.members[i]?.length ?? 0;
    return members > 0 ? [{ label: name, value: count(members) }] : [];
  });
  return [all, ...parts];
}
