import type { DataSet, Outcome } from './contenders.ts';
import { aligned, amount } from '../report.ts';

export interface Scored extends Outcome {
  /** A loss: less is better. Undefined: it failed. */
  readonly score?: number | undefined;
  /** How much worse than ours, the middle 95 % of a paired bootstrap; undefined for ours and for forecasts. */
  readonly difference?: readonly [low: number, high: number] | undefined;
}

export interface Result {
  readonly set: DataSet;
  /** Ours first. */
  readonly scored: readonly Scored[];
}

const metricLabels: Readonly<Record<string, string>> = {
  roc_auc: '1 - AUC',
  log_loss: 'log loss',
  rmse: 'RMSE',
  smape: 'sMAPE',
};

/** Of one kind of sets, as they have peers in common. */
export function summary(results: readonly Result[]): string {
  const names = [...new Set(results.flatMap(({ scored }) => scored.map(({ contender }) => contender)))];
  const header = ['set', 'metric', 'rows', ...names, 'seconds', 'of CPU'];
  const rows = results.map(({ set, scored }) => [
    set.name,
    metricLabels[set.metric] ?? set.metric,
    set.rows.toLocaleString('en'),
    ...names.map((name) => cell(scored.find(({ contender }) => contender === name))),
    scored[0] ? amount(scored[0].seconds) : '',
    scored[0] ? amount(scored[0].cpuSeconds) : '',
  ]);
  const lines = names.slice(1).map((name) => standing(name, results));
  if (names.length > 1 && results.some(({ set }) => set.problem === 'forecasting')) lines.push(againstTheBest(results));
  const failures = results.flatMap(({ set, scored }) =>
    scored.flatMap(({ contender, message, score }) =>
      score === undefined
        ? [`${contender} failed on ${set.name}: ${message?.replaceAll(/\s+/g, ' ') ?? 'no predictions'}`]
        : [],
    ),
  );
  const [ours] = names;
  const overrun = ours === undefined ? '' : `${ours}: ${overruns(ours, results)}`;
  return [aligned([header, ...rows]), '', overrun, ...lines, ...failures].join('\n');
}

/** One result for each set of series: the mean of its cutoffs, without contenders that failed at one of them. */
export function means(results: readonly Result[]): Result[] {
  const groups = Map.groupBy(results, ({ set }) => set.of ?? set.name);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const scored = first.scored.map((one) => {
      const all = group.flatMap((result) => result.scored.filter(({ contender }) => contender === one.contender));
      const [score, seconds, cpuSeconds, budget] = [
        mean(all.map((other) => other.score ?? Number.NaN)),
        mean(all.map((other) => other.seconds)),
        mean(all.map((other) => other.cpuSeconds)),
        mean(all.map((other) => other.budget)),
      ];
      return { ...one, score: Number.isNaN(score) ? undefined : score, seconds, cpuSeconds, budget };
    });
    return [{ set: { ...first.set, name: first.set.of ?? first.set.name }, scored }];
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Which of the others is best is known afterwards alone, so nobody could have chosen it. */
function againstTheBest(results: readonly Result[]): string {
  const ratios = results.map(({ scored: [ours, ...others] }) => {
    const best = Math.min(...others.map(({ score }) => score ?? Infinity));
    return (ours?.score ?? Infinity) / best;
  });
  const within = ratios.filter((ratio) => ratio <= 1.05).length;
  const typical = Math.exp(mean(ratios.map((ratio) => Math.log(ratio))));
  return `against the best of the others on each: at most 5 % worse on ${within} of ${ratios.length}, ${typical.toFixed(2)} times its loss (geometric mean)`;
}

/** + and - where the difference to ours is beyond noise: ours better, ours worse. */
function cell(scored: Scored | undefined): string {
  if (scored === undefined) return '';
  if (scored.score === undefined) return 'failed';
  const sign =
    scored.difference === undefined ? '' : scored.difference[0] > 0 ? ' +' : scored.difference[1] < 0 ? ' -' : '';
  return scored.score.toPrecision(4) + sign;
}

function standing(name: string, results: readonly Result[]): string {
  let [better, equal, worse, surelyBetter, surelyWorse, within] = [0, 0, 0, 0, 0, 0];
  for (const { scored } of results) {
    const ours = scored[0]?.score;
    const theirs = scored.find(({ contender }) => contender === name);
    if (theirs?.score === undefined && ours === undefined) continue;
    if (theirs === undefined) continue;
    const [mine, other] = [ours ?? Infinity, theirs.score ?? Infinity];
    if (mine < other) better += 1;
    else if (mine === other) equal += 1;
    else worse += 1;
    if (mine <= 1.05 * other) within += 1;
    if (theirs.difference !== undefined && theirs.difference[0] > 0) surelyBetter += 1;
    if (theirs.difference !== undefined && theirs.difference[1] < 0) surelyWorse += 1;
  }
  const noise = results.some(({ set }) => set.problem === 'forecasting')
    ? `at most 5 % worse on ${within}`
    : `beyond noise better on ${surelyBetter}, worse on ${surelyWorse}`;
  return `against ${name}: better on ${better}, equal on ${equal}, worse on ${worse}; ${noise}; ${overruns(name, results)}`;
}

/** Later than 5 % or 15 seconds after the budget. */
function overruns(name: string, results: readonly Result[]): string {
  const all = results.flatMap(({ scored }) => scored.filter(({ contender }) => contender === name));
  const late = all.filter(({ seconds, budget }) => seconds > Math.max(1.05 * budget, budget + 15));
  const longest = Math.max(...all.map(({ seconds, budget }) => seconds - budget));
  const cpu = all.map(({ cpuSeconds }) => cpuSeconds).toSorted((a, b) => a - b)[Math.floor(all.length / 2)];
  const by = late.length > 0 ? ` by ${amount(longest)} s at most` : '';
  return `overruns ${late.length}${by}, ${amount(cpu)} s of CPU (median)`;
}
