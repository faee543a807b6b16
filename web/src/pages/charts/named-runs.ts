/** The runs that charts name, with what tells them apart: those with an open eye, and those that the reader put away. */
import { paletteSize, strokes, type RunColour } from '../../charts/run-colour.ts';
import type { ChartRun } from './chart-run.ts';
import { isOpen, isPutAway, type Eyes } from './eyes.ts';

/** As many signs of an id tell runs of one name apart. */
const idSigns = 6;

/** @param listed in the order of the page @param found by the rule of the eyes, where it is a filter */
export function namedRuns(listed: readonly ChartRun[], eyes: Eyes, found?: ReadonlySet<string>): readonly ChartRun[] {
  const named = listed.flatMap((run, place): readonly ChartRun[] => {
    const row = { run_id: run.id, status: run.status };
    const putAway = isPutAway(eyes, row, place, found);
    return putAway || isOpen(eyes, row, place, found) ? [{ ...run, putAway }] : [];
  });
  return stroked(labelled(named));
}

/** The metrics of a card are told apart by strokes, else the runs of one colour. @param order of the metric */
export function lineColour(
  { colour, stroke = 0 }: Pick<ChartRun, 'colour' | 'stroke'>,
  metrics: number,
  order: number,
): RunColour {
  return typeof colour === 'number' ? colour + (metrics > 1 ? order : stroke) * paletteSize : colour;
}

/** Runs of the same name with the beginning of their ids behind it. */
function labelled(runs: readonly ChartRun[]): readonly ChartRun[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { name } of runs) (seen.has(name) ? repeated : seen).add(name);
  if (repeated.size === 0) return runs;
  return runs.map((run) =>
    repeated.has(run.name) ? { ...run, label: `${run.name} · ${run.id.slice(0, idSigns)}` } : run,
  );
}

/** Of runs that share a colour the later ones have other strokes; where there are too many for that, none has. */
function stroked(runs: readonly ChartRun[]): readonly ChartRun[] {
  if (runs.length > strokes.length * paletteSize) return runs;
  const used = new Map<RunColour, number>();
  return runs.map((run) => {
    const stroke = used.get(run.colour) ?? 0;
    used.set(run.colour, stroke + 1);
    return stroke === 0 ? run : { ...run, stroke: Math.min(stroke, strokes.length - 1) };
  });
}
