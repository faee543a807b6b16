/** Paints how far the members of groups spread: a tint between two edges, hatched when bands may overlap. */
import { placeOf, type ChartLine, type LineBand } from './line-data.ts';
import type { Pen } from '../pen.ts';
import type { Scales } from '../scales.ts';
import { strokeOf, type ChartTheme } from '../theme.ts';

type Place = readonly [px: number, py: number];

/** Pixels between two strokes of a hatch. */
const apart = 9;

export function paintBands(context: Pen, lines: readonly ChartLine[], scales: Scales, theme: ChartTheme): void {
  const groups = lines.flatMap((line) => (line.band ? [{ ...line, band: line.band }] : []));
  for (const [order, { colour: place, x, band }] of groups.entries()) {
    const { colour, dash } = strokeOf(theme, place);
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.lineWidth = 1;
    for (const part of partsOf(x, band, scales)) {
      context.setLineDash([]);
      context.save();
      outline(context, part);
      context.globalAlpha = 0.14;
      context.fill();
      context.clip();
      context.globalAlpha = 0.35;
      // Three slants, so that where two bands lie over each other both are seen.
      if (groups.length > 1) hatch(context, part, [1, -1, 0][order % 3] ?? 1);
      context.restore();
      context.globalAlpha = 0.7;
      context.setLineDash(dash.length > 0 ? [...dash] : [1, 2]);
      for (const edge of [part.low, part.high]) {
        context.beginPath();
        for (const [i, [px, py]] of edge.entries()) context[i === 0 ? 'moveTo' : 'lineTo'](px, py);
        context.stroke();
      }
    }
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
}

interface Part {
  readonly low: readonly Place[];
  readonly high: readonly Place[];
}

/** The stretches in which both edges have a place, what lies far outside of the view left out. */
function partsOf(x: Float64Array, { low, high }: LineBand, { x: shown, px, py }: Scales): Part[] {
  const parts: { low: Place[]; high: Place[] }[] = [];
  let open = false;
  const end = Math.min(x.length, placeOf(x, shown[1]) + 2);
  for (let i = Math.max(0, placeOf(x, shown[0]) - 1); i < end; i++) {
    const [at, bottom, top] = [px(x[i] ?? NaN), py(low[i] ?? NaN), py(high[i] ?? NaN)];
    if (![at, bottom, top].every(Number.isFinite)) {
      open = false;
      continue;
    }
    if (!open) parts.push({ low: [], high: [] });
    open = true;
    parts.at(-1)?.low.push([at, bottom]);
    parts.at(-1)?.high.push([at, top]);
  }
  return parts;
}

function outline(context: Pen, { low, high }: Part): void {
  context.beginPath();
  for (const [i, [px, py]] of [...high, ...low.toReversed()].entries()) context[i === 0 ? 'moveTo' : 'lineTo'](px, py);
}

/** @param slant 1 rises, -1 falls, 0 is upright */
function hatch(context: Pen, { low, high }: Part, slant: number): void {
  const heights = [...low, ...high].map(([, py]) => py);
  const [top, bottom] = [Math.min(...heights), Math.max(...heights)];
  const [left, right] = [low[0]?.[0] ?? 0, low.at(-1)?.[0] ?? 0];
  const lean = (bottom - top) * slant;
  context.beginPath();
  for (let at = left - Math.max(0, lean); at < right - Math.min(0, lean); at += apart) {
    context.moveTo(at, bottom);
    context.lineTo(at + lean, top);
  }
  context.stroke();
}
