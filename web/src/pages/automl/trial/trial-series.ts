/** Trials over time, as the chart of a search draws them. */
import { isBetter, type Trial } from '../../../api/automl-ranking.ts';
import { greaterIsBetter, type AutomlConfig } from '../../../api/automl-rules.ts';
import type { XySeries } from '../../../charts/line/xy-chart.tsx';
import { text as words } from '../../../text/automl-words.ts';
import { text } from '../../../text/automl.ts';

/** Each framework has its colour in every search; ensembles are of several. */
const colours: Readonly<Record<string, number>> = {
  lightgbm: 4,
  xgboost: 1,
  sklearn: 0,
  arima: 1,
  prophet: 2,
  ets: 0,
  theta: 5,
};
const ensembleColour = 3;

interface Ended extends Trial {
  readonly validation: number;
  readonly ended: number;
}

function ended(trials: readonly Trial[]): Ended[] {
  return trials
    .filter((trial): trial is Ended => trial.validation !== undefined && trial.ended !== undefined)
    .toSorted((a, b) => a.ended - b.ended);
}

/** The best value so far as a stair, and the value of each trial when it ended, by framework; x in seconds. */
export function trialSeries(trials: readonly Trial[], started: number, config: AutomlConfig): XySeries[] {
  const all = ended(trials);
  const at = (trial: Ended): number => (trial.ended - started) / 1000;
  const stair: [number, number][] = [];
  for (const trial of all) {
    const last = stair.at(-1)?.[1];
    if (last !== undefined && !isBetter(trial.validation, last, config)) continue;
    if (last !== undefined) stair.push([at(trial), last]);
    stair.push([at(trial), trial.validation]);
  }
  const [lastTrial, lastStep] = [all.at(-1), stair.at(-1)];
  if (lastTrial && lastStep) stair.push([at(lastTrial), lastStep[1]]);
  const groups = Map.groupBy(all, groupOf);
  return [
    {
      label: text.chart.best,
      colour: 2,
      look: 'line',
      x: stair.map(([x]) => x),
      y: stair.map(([, y]) => y),
    },
    ...[...groups].map(([group, some]): XySeries => ({
      label: group === ensembles ? text.chart.ensembles : (words.frameworks[group] ?? group),
      colour: group === ensembles ? ensembleColour : (colours[group] ?? 6),
      look: 'points',
      x: some.map(at),
      y: some.map(({ validation }) => validation),
      names: some.map(({ name }) => name),
      keys: some.map(({ runId }) => runId),
    })),
  ];
}

const ensembles = 'ensembles';

function groupOf({ kind, framework }: Trial): string {
  return kind === 'blend' || kind === 'stack' ? ensembles : framework;
}

/** A baseline far away would press all others together: what is much worse than most stands at the edge. */
export function shownRange(
  trials: readonly Trial[],
  { primary_metric: metric }: AutomlConfig,
): readonly [number, number] | undefined {
  const values = ended(trials)
    .map(({ validation }) => validation)
    .toSorted((a, b) => (greaterIsBetter.has(metric) ? b - a : a - b));
  const [best, worst] = [values[0], values.at(-1)];
  const usual = values[Math.floor((values.length - 1) * 0.75)];
  if (best === undefined || worst === undefined || usual === undefined || values.length < 3 || usual === best)
    return undefined;
  const limit = best + 3 * (usual - best);
  if (Math.abs(limit - best) >= Math.abs(worst - best)) return undefined;
  const air = Math.abs(limit - best) * 0.1;
  return greaterIsBetter.has(metric) ? [limit - air, best + air] : [best - air, limit + air];
}
