export interface Found<T> {
  readonly charts: readonly T[];
  /** The text is no regular expression; all are shown. */
  readonly bad: boolean;
}

/** Those whose name has the words in it, or matches them as a regular expression. */
export function findCharts<T>(
  charts: readonly T[],
  nameOf: (chart: T) => string,
  words: string,
  regex: boolean,
): Found<T> {
  if (words === '') return { charts, bad: false };
  if (!regex) {
    const lower = words.toLowerCase();
    return { charts: charts.filter((chart) => nameOf(chart).toLowerCase().includes(lower)), bad: false };
  }
  try {
    const pattern = new RegExp(words, 'i');
    return { charts: charts.filter((chart) => pattern.test(nameOf(chart))), bad: false };
  } catch {
    return { charts, bad: true };
  }
}
