/** Whether what a few runs show is more than chance: all at 95 %. */

/** 97.5 % points of Student's t; from 11 degrees of freedom on the expansion below errs by less than 0.0002. */
const tPoints = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281];

export function studentT(freedom: number): number {
  const known = tPoints[freedom - 1];
  if (known !== undefined) return known;
  const z = 1.959964;
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  );
}

/** With fewer runs even the same order is chance in one of twenty. */
const leastRanked = 5;

/** Of a correlation of the ranks of so many runs. */
export function isSureCorrelation(rho: number, runs: number): boolean {
  if (runs < leastRanked) return false;
  return Math.abs(rho) >= 1 || Math.abs(rho) * Math.sqrt((runs - 2) / (1 - rho * rho)) > studentT(runs - 2);
}

/** Kruskal and Wallis: whether groups differ in the ranks of their members. @param groups none of them empty */
export function areSureGroups(groups: readonly (readonly number[])[]): boolean {
  const all = groups.reduce((sum, { length }) => sum + length, 0);
  const freedom = groups.length - 1;
  if (freedom < 1 || all < leastRanked) return false;
  const middle = groups.reduce((sum, ranks) => sum + total(ranks), 0) / all;
  const between = groups.reduce((sum, ranks) => sum + ranks.length * (total(ranks) / ranks.length - middle) ** 2, 0);
  const whole = groups.reduce((sum, ranks) => sum + ranks.reduce((part, rank) => part + (rank - middle) ** 2, 0), 0);
  return whole > 0 && ((all - 1) * between) / whole > chiSquare(freedom);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The 95 % point, after Wilson and Hilferty. */
function chiSquare(freedom: number): number {
  const part = 2 / (9 * freedom);
  return freedom * (1 - part + 1.644854 * Math.sqrt(part)) ** 3;
}
