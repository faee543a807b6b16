/** What a chart says in words: its state when there is no line, notes below it, and a summary for screen readers. */
import { count, shortNumber } from '../../components/format.ts';
import { text } from '../../text/charts.ts';
import { everything, factsOf, placeAfter, placeOf, type ChartLine, type Range } from './line-data.ts';

const spokenLines = 5;

interface Logs {
  readonly logX: boolean;
  readonly logY: boolean;
}

/** Why there is nothing to see; undefined when there is. @param zoom the stretch of x in view, if not all is */
export function emptyReason(lines: readonly ChartLine[], { logX, logY }: Logs, zoom?: Range): string | undefined {
  if (!lines.some((line) => isIn(line, zoom))) return zoom ? text.noDataInRange : text.noData;
  const facts = lines.map(factsOf);
  if (facts.every(({ finite }) => finite === 0)) return text.onlyGaps;
  if (logY && facts.every(({ finite, notPositive }) => finite === notPositive)) return text.onlyNegative;
  if (logX && facts.every(({ points, xNotPositive }) => points === xNotPositive)) return text.onlyEarly;
  return undefined;
}

/** Whether a line has a point there, or passes from one side to the other. */
function isIn({ x }: ChartLine, [from, to]: Range = everything): boolean {
  const [first, end] = [placeOf(x, from), placeAfter(x, to)];
  return end > first || (first > 0 && end < x.length);
}

/** What the picture does not show by itself. */
export function notesOf(lines: readonly ChartLine[], { logX, logY }: Logs): string[] {
  const shown = lines.filter((line) => !line.faint);
  const facts = shown.map(factsOf);
  const sum = (of: (fact: (typeof facts)[number]) => number): number => facts.reduce((all, fact) => all + of(fact), 0);
  const [points, total, gaps, below, early] = [
    sum((fact) => fact.points),
    sum((fact) => fact.total),
    sum((fact) => fact.notFinite),
    sum((fact) => fact.notPositive),
    sum((fact) => fact.xNotPositive),
  ];
  const notes: string[] = [];
  // Of a stretch a little more is read than is seen, and counted.
  const inPart = shown.some((line) => line.whole !== undefined && line.total < line.whole.points);
  if (points < total) notes.push((inPart ? text.sampledAround : text.sampled)(count(points), count(total)));
  else if (points === 1) notes.push(text.onePoint);
  else if (facts.length > 1 && points === facts.length) notes.push(text.onePointEach);
  // A sample does not tell how many there are.
  const atLeast = (n: number): string => (points < total ? text.atLeast(count(n)) : count(n));
  if (gaps > 0) notes.push(text.notFinite(atLeast(gaps)));
  if (logY && below > 0) notes.push(text.notPositive(atLeast(below)));
  if (logX && early > 0) notes.push(text.early(atLeast(early)));
  return notes;
}

export function summaryOf(lines: readonly ChartLine[]): string {
  const shown = lines.filter((line) => !line.faint);
  const parts = shown.slice(0, spokenLines).map((line) => {
    const { total, first, last, min, max, finite } = factsOf(line);
    if (finite === 0) return `${line.label}: ${total === 0 ? text.noData : text.onlyGaps}`;
    return text.summary(
      line.label,
      count(total),
      shortNumber(first),
      shortNumber(last),
      shortNumber(min),
      shortNumber(max),
    );
  });
  if (shown.length > spokenLines) parts.push(text.more(count(shown.length - spokenLines)));
  return shown.length > 1 ? text.summaryOf(count(shown.length), parts.join(' ')) : parts.join(' ');
}
