/** How long something took, for the pages and the command line alike. */

/** What stands behind each number, with its blank where there shall be one. */
export interface SpanUnits {
  readonly ms: string;
  readonly s: string;
  readonly min: string;
  readonly h: string;
  readonly d: string;
}

/** Two units from a minute on, rounded to the smaller one: never 60 of one. @param span milliseconds, 0 or more */
export function spanIn(units: SpanUnits, span: number): string {
  const { ms, s, min, h, d } = units;
  if (Math.round(span) < 1000) return `${Math.round(span)}${ms}`;
  const tenths = (span / 1000).toFixed(1);
  if (Number(tenths) < 60) return `${tenths}${s}`;
  const seconds = Math.round(span / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)}${min} ${seconds % 60}${s}`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)}${h} ${minutes % 60}${min}`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)}${d} ${hours % 24}${h}`;
}
