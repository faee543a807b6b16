/** Round places for the marks of an axis. */

const steps = [1, 2, 2.5, 5, 10] as const;

/** Up to about `wanted` round numbers from `from` to `to`. */
export function roundTicks(from: number, to: number, wanted: number): number[] {
  const rough = to / Math.max(1, wanted) - from / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (steps.find((size) => size * power >= rough) ?? 10) * power;
  // The smallest numbers there are have nothing between them, the greatest no distance.
  if (!(power > 0 && step < Infinity)) return Number.isFinite(from) ? [from] : [];
  // Counted, not added up: 0.1 + 0.2 would show its seventeenth digit.
  return multiples(step, from, to + step * 1e-9).map((tick) => Number(tick.toPrecision(15)));
}

/** All there are from `from` to `to`: few, for a step is a good part of the way. */
function multiples(step: number, from: number, to: number): number[] {
  const first = Math.ceil(from / step);
  const length = Math.max(0, Math.floor(to / step) - first + 1);
  // Far out, where one more is not another number, marks would come twice.
  return [...new Set(Array.from({ length: Math.min(length, 100) }, (_, i) => (first + i) * step))];
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

/** How far two marks of an axis are apart; far along a logarithmic one they need no more digits for being near. */
export function apart(ticks: readonly number[], [from, to]: readonly [from: number, to: number], log: boolean): number {
  return log && to > from * 2 ? NaN : (ticks[1] ?? to) - (ticks[1] === undefined ? from : (ticks[0] ?? from));
}

const second = 1000;
const timeSteps = [1, 2, 5, 10, 15, 30].map((n) => n * second)
  .concat([1, 2, 5, 10, 15, 30].map((n) => n * 60 * second))
  .concat([1, 2, 3, 6, 12].map((n) => n * 3600 * second))
  .concat([1, 2, 3, 5, 7, 14, 30, 90, 365].map((n) => n * 86_400 * second)); // prettier-ignore

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
  return multiples(step, from - offset, to - offset).map((at) => at + offset);
}
