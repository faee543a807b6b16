/** Round places for the marks of an axis. */

const steps = [1, 2, 2.5, 5, 10] as const;

/** Up to about `wanted` round numbers from `from` to `to`. */
export function roundTicks(from: number, to: number, wanted: number): number[] {
  const span = to - from;
  if (!(span > 0) || !Number.isFinite(span)) return Number.isFinite(from) ? [from] : [];
  const rough = span / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (steps.find((size) => size * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  // Counted, not added up: 0.1 + 0.2 would show its seventeenth digit.
  for (let i = Math.ceil(from / step); i * step <= to + step * 1e-9; i++)
    ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

/** Powers of ten; with few of them, 2 and 5 times each as well. */
export function logTicks(from: number, to: number): number[] {
  const [low, high] = [Math.floor(Math.log10(from)), Math.ceil(Math.log10(to))];
  const factors = high - low <= 2 ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil((high - low) / 6));
  const ticks: number[] = [];
  for (let power = low; power <= high; power += every) {
    for (const factor of factors) ticks.push(Number((factor * 10 ** power).toPrecision(2)));
  }
  const inside = ticks.filter((tick) => tick >= from && tick <= to);
  return inside.length > 1 ? inside : roundTicks(from, to, 4).filter((tick) => tick > 0);
}

const second = 1000;
const timeSteps = [1, 2, 5, 10, 15, 30].map((n) => n * second)
  .concat([1, 2, 5, 10, 15, 30].map((n) => n * 60 * second))
  .concat([1, 2, 3, 6, 12].map((n) => n * 3600 * second))
  .concat([1, 2, 7, 14, 30, 90, 365].map((n) => n * 86_400 * second)); // prettier-ignore

/** Round times of the clock, in milliseconds since 1970. */
export function timeTicks(from: number, to: number, wanted: number): number[] {
  // Days begin at midnight here, not in Greenwich.
  return spanTicks(from, to, wanted, new Date(from).getTimezoneOffset() * 60_000);
}

/** Round numbers of seconds, minutes, hours; all in milliseconds. */
export function spanTicks(from: number, to: number, wanted: number, offset = 0): number[] {
  const rough = (to - from) / Math.max(1, wanted);
  const step = rough < second ? undefined : timeSteps.find((size) => size >= rough);
  if (step === undefined || Number.isNaN(offset)) return roundTicks(from, to, wanted);
  const ticks: number[] = [];
  for (let at = Math.ceil((from - offset) / step) * step + offset; at <= to; at += step) ticks.push(at);
  return ticks;
}
