/** The lines of a card with every point of their runs, whatever is in view: what a file holds. */
import { everySeries, mostInFile, TooManyPoints } from '../../../api/every-series.ts';
import type { ChartLine } from '../../../charts/line/line-data.ts';
import { count } from '../../../components/format.ts';
import { text } from '../../../text/chart-lines.ts';
import { finished, runLines, type LinesOf } from './make-lines.ts';

/** @param say how far it is @returns line by line, each smoothed when it is asked for */
export async function everyLine(of: LinesOf, say: (message: string) => void): Promise<Iterable<ChartLine>> {
  const { runs, groups, metrics, settings } = of;
  const { x, xMetric } = settings;
  const wanted = {
    x,
    runIds: runs.map(({ id }) => id),
    keys: [...new Set([...metrics, ...(xMetric === undefined ? [] : [xMetric])])],
    onRead: (points: number, all: number) => {
      say(text.reading(count(points), count(all)));
    },
  };
  const { at } = await everySeries(wanted).catch((error: unknown) => {
    if (!(error instanceof TooManyPoints)) throw error;
    throw new Error(text.tooManyPoints(count(error.points), count(mostInFile)));
  });
  const lines = runLines(of, at);
  return groups.length > 0 ? finished(lines, of, Infinity) : eachFinished(lines, of);
}

function* eachFinished(lines: readonly ChartLine[], of: LinesOf): Generator<ChartLine> {
  for (const line of lines) yield* finished([line], of);
}
