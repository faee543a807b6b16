import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FinishedTrial, SearchContext, TrialPlan } from '../../../src/automl/problem.ts';
import type { Proposal } from '../../../src/automl/worker/worker.ts';
import { tabularProblem } from '../../../src/automl/tabular/tabular-problem.ts';
import { Api } from '../../support/api.ts';
import { bound, TrialLab } from '../support/trial-lab.ts';
import { packagedTables, rawRows, recomputed } from './support/checks.ts';
import { mixedTable } from './support/mixed-table.ts';

let lab: TrialLab;
let packaged: Readonly<Record<string, string>>;

beforeAll(async () => {
  lab = await TrialLab.start(tabularProblem);
  packaged = (await lab.ask(packagedTables, 'wine', 'diabetes')) as typeof packaged;
}, 600_000);

afterAll(async () => {
  await lab.stop();
});

/** Of each learner the first configuration that is tried. */
function oneOfEach(context: SearchContext): Proposal[] {
  const portfolio = tabularProblem.portfolio(context);
  return portfolio.filter(({ estimator }, at) => portfolio.findIndex((one) => one.estimator === estimator) === at);
}

/** The same of these learners, in this order. */
function oneOf(context: SearchContext, ...estimators: readonly string[]): Proposal[] {
  const all = oneOfEach(context);
  return estimators.map((estimator) => all.find((one) => one.estimator === estimator)!);
}

/** With a column `weight`; some rows do not count at all. */
function weighted(csv: string): string {
  const [head, ...rows] = csv.trim().split('\n');
  return [`${head},weight`, ...rows.map((row, at) => `${row},${at % 4}`)].join('\n');
}

/** By trapezoids. */
function areaBelow({ x, y }: { x: readonly number[]; y: readonly number[] }): number {
  return x.slice(1).reduce((sum, right, at) => sum + ((right - x[at]!) * (y[at]! + y[at + 1]!)) / 2, 0);
}

interface Answer {
  readonly labels: boolean;
  readonly finite: boolean;
  readonly sums: readonly number[];
  readonly foreign: readonly string[];
}

/** Every model takes rows as they come, in a Python of its own. */
async function expectRawRows(context: SearchContext, trials: readonly FinishedTrial[]): Promise<void> {
  const { dataset, target_col: target } = context.config;
  const answers = await lab.ask(rawRows, trials.map(({ runId }) => runId).join(','), dataset, target);
  for (const { estimator, runId } of trials) {
    const { labels, finite, sums, foreign } = (answers as Record<string, Answer>)[runId]!;
    expect({ estimator, finite, foreign }).toEqual({ estimator, finite: true, foreign: [] });
    for (const sum of sums) expect(sum).toBeCloseTo(1, 5);
    if (context.config.problem_type === 'classification') expect(labels).toBeTrue();
  }
}

/** What they logged is what their predictions say. @param positive the class, as JSON; empty for several classes and numbers */
async function expectRecomputed(trials: readonly FinishedTrial[], positive: string): Promise<void> {
  const answers = await lab.ask(recomputed, trials.map(({ runId }) => runId).join(','), positive);
  for (const { runId } of trials) {
    const logged = await lab.metricsOf(runId);
    const found = (answers as Record<string, Record<string, number>>)[runId]!;
    for (const [name, value] of Object.entries(found)) expect(logged[`val_${name}`]).toBeCloseTo(value, 9);
    for (const name of Object.keys(found)) expect(logged[`training_${name}`]).toBeDefined();
    for (const name of ['fit_seconds', 'predict_ms_per_row', 'model_size_bytes'])
      expect(logged[name]).toBeGreaterThan(0);
  }
}

describe('columns of all types, two classes', () => {
  const trials: FinishedTrial[] = [];
  let context: SearchContext;

  test(
    'every learner is validated in folds and logged',
    async () => {
      const request = { problem_type: 'classification', target_col: 'bought', primary_metric: 'roc_auc' };
      const more = {
        exclude_cols: ['spent', 'part'],
        sample_weight_col: 'weight',
        pos_label: 'yes',
        imputers: { income: 'median', city: 'most_frequent' },
      };
      context = await lab.prepare('mixed', weighted(mixedTable(640)), { ...request, ...more });
      // All of them draw by the same code.
      const skip = ({ estimator }: Proposal) => (estimator === 'LGBMClassifier' ? [] : undefined);
      trials.push(...(await lab.trials(context, oneOfEach(context), skip)));
      const dummy = trials.find(({ estimator }) => estimator === 'DummyClassifier')!;
      for (const trial of trials.filter((one) => one !== dummy)) {
        expect([trial.estimator, trial.validation > dummy.validation + 0.1]).toEqual([trial.estimator, true]);
      }
      const drawn = trials.find(({ estimator }) => estimator === 'LGBMClassifier')!;
      const plots = await lab.filesOf(drawn.runId, 'plots');
      for (const name of ['calibration', 'confusion_matrix', 'importance', 'precision_recall', 'roc']) {
        expect(plots).toEqual(expect.arrayContaining([`${name}.json`, `${name}.png`]) as string[]);
      }
    },
    6 * bound,
  );

  test(
    'a blend and a stack are as good as the best alone; the best is tested once, and fitted to all rows',
    async () => {
      const plans = tabularProblem.ensembles(trials, context);
      expect(plans.map(({ kind }) => kind)).toEqual(['blend', 'stack']);
      const best = Math.max(...trials.map(({ validation }) => validation));
      for (const made of await lab.trials(context, plans)) {
        expect([made.kind, made.validation > best - 0.02]).toEqual([made.kind, true]);
        trials.push(made);
      }
      const [blend] = trials.filter(({ kind }) => kind === 'blend');
      await expectRecomputed(trials, '"yes"');

      const tested = await lab.execute(context, tabularProblem.testNotebook(trials, context));
      const scores = tested.results['scores'] as Record<string, Record<string, number>>;
      expect(Object.keys(scores).sort()).toEqual(trials.map(({ runId }) => runId).sort());
      expect(scores[blend!.runId]!['test_roc_auc']).toBeGreaterThan(0.75);

      const combined = trials.filter(({ kind }) => ['blend', 'stack'].includes(kind));
      const finals = await lab.trials(
        context,
        combined.map((base) => tabularProblem.finalPlan(base, context)!),
      );
      for (const [at, { runId }] of combined.entries()) {
        expect(finals[at]!.metrics['test_roc_auc']).toBeCloseTo(scores[runId]!['test_roc_auc']!, 9);
      }
      trials.push(...finals);
      await expectRawRows(context, trials);
      for (const notebook of tabularProblem.inferenceNotebooks(`runs:/${blend!.runId}/model`, context)) {
        await lab.execute(context, notebook);
      }
    },
    4 * bound,
  );

  test(
    'shuffled labels are predicted no better than by chance',
    async () => {
      const [head, ...rows] = mixedTable(400).trim().split('\n');
      const answers = rows.map((row) => row.split(',')[7]);
      // The label of another row, far away.
      const shuffled = rows.map((row, at) => row.replace(/,(yes|no),/, `,${answers[(at * 149 + 71) % rows.length]},`));
      const request = { problem_type: 'classification', target_col: 'bought', primary_metric: 'roc_auc' };
      const chance = await lab.prepare('chance', [head, ...shuffled].join('\n'), {
        ...request,
        exclude_cols: ['spent', 'part'],
      });
      const learners = oneOf(chance, 'LogisticRegression', 'LGBMClassifier', 'ExtraTreesClassifier');
      const bases = await lab.trials(chance, learners);
      const [blend] = tabularProblem.ensembles(bases, chance);
      for (const trial of [...bases, await lab.trial(chance, blend!)]) {
        expect(Math.abs(trial.validation - 0.5)).toBeLessThan(0.12);
      }
    },
    4 * bound,
  );
});

test(
  'numbers are predicted by every learner, validated by the rows that a column names',
  async () => {
    const request = { problem_type: 'regression', target_col: 'spent', primary_metric: 'rmse', split_col: 'part' };
    const more = { exclude_cols: ['bought'], sample_weight_col: 'weight', imputers: { age: 'median' } };
    const context = await lab.prepare('spent', weighted(mixedTable(640, 2)), { ...request, ...more });
    const splines = tabularProblem.portfolio(context).find(({ params }) => params['features'] === 'splines')!;
    const trials = await lab.trials(context, [...oneOfEach(context), splines]);
    const dummy = trials.find(({ estimator }) => estimator === 'DummyRegressor')!;
    for (const trial of trials.filter((one) => one !== dummy)) {
      expect([trial.estimator, trial.validation < dummy.validation]).toEqual([trial.estimator, true]);
    }
    const best = Math.min(...trials.map(({ validation }) => validation));
    for (const made of await lab.trials(context, tabularProblem.ensembles(trials, context))) {
      expect([made.kind, made.validation < best * 1.1]).toEqual([made.kind, true]);
      trials.push(made);
    }
    await expectRecomputed(trials, '');
    trials.push(await lab.trial(context, tabularProblem.finalPlan(trials.at(-1)!, context)!));
    await expectRawRows(context, trials);
  },
  6 * bound,
);

test(
  'a model takes the file that it was trained with, where a mark stands for numbers that are missing',
  async () => {
    const [head, ...rows] = mixedTable(200).trim().split('\n');
    const marked = rows.map((row, at) => `${row},${at % 40 === 3 ? '?' : (at % 7) + 0.5}`);
    const request = { problem_type: 'regression', target_col: 'spent', primary_metric: 'rmse' };
    const csv = [`${head},marked`, ...marked].join('\n');
    const context = await lab.prepare('marked', csv, { ...request, exclude_cols: ['bought', 'part'] });
    await expectRawRows(context, [await lab.trial(context, oneOf(context, 'Ridge')[0]!)]);
  },
  2 * bound,
);

test(
  'a class of which no row counts has no curve, and the pictures of the others can be read',
  async () => {
    const rows = Array.from({ length: 120 }, (_, at) => {
      const kind = at % 20 === 0 ? 'none' : ['a', 'b', 'c'][at % 3]!;
      return `${kind.charCodeAt(0) + (at % 7) / 4},${kind},${kind === 'none' ? 0 : 1 + (at % 2)}`;
    });
    const request = { problem_type: 'classification', target_col: 'kind', primary_metric: 'log_loss' };
    const context = await lab.prepare('kinds', ['x,kind,weight', ...rows].join('\n'), {
      ...request,
      sample_weight_col: 'weight',
    });
    const { runId } = await lab.trial(context, oneOf(context, 'LogisticRegression')[0]!, []);
    const { lines } = (await lab.jsonOf(runId, 'plots/roc.json')) as { lines: object };
    expect(Object.keys(lines)).toEqual(['a', 'b', 'c']);
  },
  bound,
);

test(
  'the notebook that predicts a file takes what the model takes: a category that is no number among numbers',
  async () => {
    const rows = Array.from({ length: 120 }, (_, at) => `${10_115 + (at % 5) * 7},${at % 11},${(at % 5) + (at % 11)}`);
    const request = { problem_type: 'regression', target_col: 'spent', primary_metric: 'rmse' };
    const context = await lab.prepare('zips', ['zip_id,x,spent', ...rows].join('\n'), request);
    const { runId } = await lab.trial(context, oneOf(context, 'Ridge')[0]!);
    const scored = await lab.scored(context, runId, 'zip_id,x\nD-123,4\n10115,5\n');
    expect(scored).toMatch(/^zip_id,x,predictions\nD-123,4,\d.*\n10115,5,\d.*\n$/);
  },
  bound,
);

test(
  'three classes, and numbers of scikit-learn',
  async () => {
    const wine = { problem_type: 'classification', target_col: 'target', primary_metric: 'log_loss' };
    const three = await lab.prepare('wine', packaged['wine']!, wine);
    const learners = oneOf(three, 'XGBClassifier', 'LogisticRegression', 'SVC');
    const drawn = ({ estimator }: Proposal) => (estimator === 'LogisticRegression' ? [] : undefined);
    const trials = await lab.trials(three, learners, drawn);
    const [plan] = tabularProblem.ensembles(trials, three);
    const blend = await lab.trial(three, plan!, []);
    const { data } = await new Api(lab.server).run(blend.runId);
    const weights = (data.params ?? []).filter(({ key }) => trials.some(({ name }) => name === key));
    expect(blend.metrics['members']).toBe(weights.length);
    const plots = await lab.filesOf(blend.runId, 'plots');
    expect(plots).toEqual(expect.arrayContaining(['importance.json', 'precision_recall.json']) as string[]);
    expect(blend.validation).toBeLessThan(Math.min(...trials.map(({ validation }) => validation)) + 0.03);
    for (const trial of [...trials, blend]) {
      expect(trial.metrics['val_accuracy_score']).toBeGreaterThan(0.9);
    }
    await expectRecomputed([...trials, blend], '');
    await expectRawRows(three, [...trials, blend]);

    const diabetes = { problem_type: 'regression', target_col: 'target', primary_metric: 'r2' };
    const numbers = await lab.prepare('diabetes', packaged['diabetes']!, diabetes);
    const ridge = await lab.trial(numbers, oneOf(numbers, 'Ridge')[0]!, []);
    expect(await lab.filesOf(ridge.runId, 'plots')).toContain('residuals.json');
    expect(ridge.validation).toBeGreaterThan(0.35);
    const ofLogarithms = tabularProblem.portfolio(numbers).find(({ params }) => params['target'] === 'log')!;
    const log = await lab.trial(numbers, ofLogarithms, []);
    expect(log.validation).toBeGreaterThan(0.25);
    await expectRecomputed([log], '');
    await expectRawRows(numbers, [log]);
    await expectRawRows(numbers, [ridge]);
  },
  4 * bound,
);

test(
  'probabilities of distances hold for labels that are any numbers, and for rows in any order',
  async () => {
    const request = { problem_type: 'classification', target_col: 'kind', primary_metric: 'log_loss' };
    // What is above zero in two stretches of the rows is below it in the third.
    const rows = Array.from({ length: 240 }, (_, at) => {
      const stretch = Math.floor(at / 80);
      const x = Math.sin(at * 1.7) * 2;
      const isAbove = at % 12 === 0 ? x < 0 : x > 0;
      return `${x.toFixed(3)},${'abc'[stretch]},${isAbove === (stretch !== 1) ? 5 : 2}`;
    });
    const context = await lab.prepare('kinds-of-five', ['x,stretch,kind', ...rows].join('\n'), request);
    const vectors = await lab.trial(context, { estimator: 'SVC', params: { C: 10, gamma: 1 } });
    expect(vectors.validation).toBeLessThan(0.5);
    const plan = tabularProblem.derivedPlan!(vectors, { kind: 'calibration', method: 'sigmoid' }, context);
    expect((await lab.trial(context, plan)).validation).toBeLessThan(0.5);
    await expectRawRows(context, [vectors]);

    const named = packaged['wine']!.replaceAll(/,(\d)$/gm, (_, kind) => `,${Number(kind) * 2 + 1}`);
    const three = await lab.prepare('wine-of-five', named, { ...request, target_col: 'target' });
    expect((await lab.trial(three, oneOf(three, 'SVC')[0]!)).validation).toBeLessThan(0.2);
  },
  3 * bound,
);

test(
  'of a table that is split by time, probabilities are corrected by stretches of time',
  async () => {
    const rows = Array.from({ length: 200 }, (_, at) => {
      const day = new Date(Date.UTC(2024, 0, 1 + ((at * 77) % 200))).toISOString().slice(0, 10);
      return `${Math.sin(at * 1.7).toFixed(3)},${day},${Math.sin(at * 1.7 + 0.3) > 0 ? 'yes' : 'no'}`;
    });
    const request = { problem_type: 'classification', target_col: 'bought', primary_metric: 'log_loss' };
    const context = await lab.prepare('by-time', ['x,day,bought', ...rows].join('\n'), { ...request, time_col: 'day' });
    const vectors = oneOf(context, 'SVC')[0]!;
    const plan: TrialPlan = { ...vectors, name: 'svc', number: 1, kind: 'search', framework: 'sklearn', bases: [] };
    const { cells } = tabularProblem.trialNotebook(plan, context);
    expect(cells.map(({ source }) => source).join('\n')).toContain('cv=StratifiedKFold(3),');
    expect((await lab.trial(context, vectors)).validation).toBeLessThan(0.6);
  },
  bound,
);

test(
  'pictures of rows with weights say what the metrics say, and of which class they are',
  async () => {
    const request = { problem_type: 'classification', target_col: 'bought', primary_metric: 'roc_auc' };
    const more = { exclude_cols: ['spent', 'part'], sample_weight_col: 'weight', pos_label: 'no' };
    const context = await lab.prepare('pictures', weighted(mixedTable(160)), { ...request, ...more });
    const { metrics, runId } = await lab.trial(context, oneOf(context, 'LogisticRegression')[0]!, []);
    const plot = (name: string): Promise<unknown> => lab.jsonOf(runId, `plots/${name}.json`);
    const { values } = (await plot('confusion_matrix')) as { values: number[][] };
    const all = values.flat().reduce((sum, value) => sum + value, 0);
    expect((values[0]![0]! + values[1]![1]!) / all).toBeCloseTo(metrics['val_accuracy_score']!, 6);
    const roc = (await plot('roc')) as { x: string; lines: { ROC: { x: number[]; y: number[] } } };
    expect(roc.x).toEndWith('(Positive label: no)');
    expect(areaBelow(roc.lines.ROC)).toBeCloseTo(metrics['val_roc_auc']!, 3);
    const calibration = (await plot('calibration')) as { lines: { model: { y: number[] } } };
    expect(calibration.lines.model.y.length).toBeGreaterThan(5);
    const recall = (await plot('precision_recall')) as { lines: { PR: { x: number[]; y: number[] } } };
    const [no = 0] = values.map((row) => row.reduce((sum, value) => sum + value, 0));
    expect(recall.lines.PR.y[recall.lines.PR.x.indexOf(1)]).toBeCloseTo(no / all, 4);
  },
  bound,
);

test(
  'the metrics of the training are numbers however rare a class is',
  async () => {
    const rows = Array.from({ length: 60_000 }, (_, at) => `${Math.sin(at)},${at % 12_000 === 0 ? 'yes' : 'no'}`);
    const request = { problem_type: 'classification', target_col: 'bought', primary_metric: 'roc_auc' };
    const rare = await lab.prepare('rare', ['x,bought', ...rows].join('\n'), request);
    const { metrics } = await lab.trial(rare, oneOf(rare, 'DummyClassifier')[0]!, []);
    expect([metrics['training_roc_auc'], metrics['val_roc_auc']]).toEqual([0.5, 0.5]);
  },
  bound,
);

test(
  'the baseline ranks nothing, however the folds share the classes',
  async () => {
    const rows = Array.from({ length: 103 }, (_, at) => `${at % 13},${at % 7 === 0 ? 'yes' : 'no'}`);
    const request = { problem_type: 'classification', target_col: 'bought', primary_metric: 'roc_auc' };
    const context = await lab.prepare('few', ['x,bought', ...rows].join('\n'), request);
    const { metrics } = await lab.trial(context, oneOf(context, 'DummyClassifier')[0]!);
    expect(metrics['val_roc_auc']).toBe(0.5);
  },
  bound,
);

describe('f1 of two classes', () => {
  test(
    'is decided by a threshold that no row chose for itself, and the notebooks of a learner and of a blend give it again in Jupyter',
    async () => {
      const file = join(import.meta.dir, '../../../examples/pima/data/pima.csv');
      const request = { problem_type: 'classification', target_col: 'diabetes', primary_metric: 'f1' };
      const more = { sample_weight_col: 'weight' };
      const pima = await lab.prepare('pima', weighted(readFileSync(file, 'utf8')), { ...request, ...more });
      const trials = await lab.trials(pima, oneOf(pima, 'LogisticRegression', 'LGBMClassifier'));
      const [plan] = tabularProblem.ensembles(trials, pima);
      trials.push(await lab.trial(pima, plan!));
      await expectRawRows(pima, trials);
      const target = pima.profile.kind === 'tabular' ? pima.profile.target : undefined;
      const label = target?.kind === 'binary' ? target.positive! : '';
      await expectRecomputed(trials, /^\d+$/.test(label) ? label : JSON.stringify(label));
      for (const trial of trials.slice(1)) {
        const bases = trial.kind === 'blend' ? trials.slice(0, 2) : [];
        const again = await lab.again(pima, { ...trial, bases });
        const metrics = (again.results['metrics'] ?? {}) as Record<string, number>;
        expect([again.message, metrics['val_f1_score']]).toEqual(['', trial.metrics['val_f1_score']!]);
      }
      const names = trials.slice(1).map(({ name }) => `${name}-edited`);
      expect(await lab.namesOfEdited(pima)).toEqual(names.sort());
    },
    6 * bound,
  );
});
