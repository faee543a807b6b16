import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FinishedTrial, SearchContext } from '../../../src/automl/problem.ts';
import { tabularProblem } from '../../../src/automl/tabular/tabular-problem.ts';
import { reproduceNotebook } from '../../../src/automl/worker/reproduce.ts';
import { notebookText } from '../../../src/models/notebook/notebook.ts';
import { packagedTables, rawRows, recomputed } from './support/checks.ts';
import { mixedTable } from './support/mixed-table.ts';
import { bound, oneOfEach, TableLab } from './support/table-lab.ts';

let lab: TableLab;
let packaged: Readonly<Record<string, string>>;

beforeAll(async () => {
  lab = await TableLab.start();
  packaged = (await lab.ask(packagedTables, 'wine', 'diabetes')) as typeof packaged;
}, 600_000);

afterAll(async () => {
  await lab.stop();
});

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

async function expectRecomputed(trial: FinishedTrial, positive: string): Promise<void> {
  const logged = await lab.metricsOf(trial.runId);
  const found = (await lab.ask(recomputed, trial.runId, positive)) as Record<string, number>;
  for (const [name, value] of Object.entries(found)) expect(logged[`val_${name}`]).toBeCloseTo(value, 9);
  for (const name of Object.keys(found)) expect(logged[`training_${name}`]).toBeDefined();
  for (const name of ['fit_seconds', 'predict_ms_per_row', 'model_size_bytes']) expect(logged[name]).toBeGreaterThan(0);
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
        pos_label: 'yes',
        imputers: { income: 'median', city: 'most_frequent' },
      };
      context = await lab.prepare('mixed', mixedTable(400), { ...request, ...more });
      for (const proposal of oneOfEach(context)) trials.push(await lab.trial(context, proposal, []));
      const dummy = trials.find(({ estimator }) => estimator === 'DummyClassifier')!;
      for (const trial of trials.filter((one) => one !== dummy)) {
        expect([trial.estimator, trial.validation > dummy.validation + 0.1]).toEqual([trial.estimator, true]);
      }
      await expectRecomputed(
        trials.find(({ estimator }) => estimator === 'LGBMClassifier')!,
        '"yes"',
      );
    },
    6 * bound,
  );

  test(
    'a blend and a stack are as good as the best alone; the best is tested once, and fitted to all rows',
    async () => {
      const plans = tabularProblem.ensembles(trials, context);
      expect(plans.map(({ kind }) => kind)).toEqual(['blend', 'stack']);
      const best = Math.max(...trials.map(({ validation }) => validation));
      for (const plan of plans) {
        const made = await lab.trial(context, plan);
        expect([plan.kind, made.validation > best - 0.02]).toEqual([plan.kind, true]);
        trials.push(made);
      }
      const [blend] = trials.filter(({ kind }) => kind === 'blend');
      await expectRecomputed(blend!, '"yes"');

      const tested = await lab.execute(context, tabularProblem.testNotebook(trials, context));
      const scores = tested.results['scores'] as Record<string, Record<string, number>>;
      expect(Object.keys(scores).sort()).toEqual(trials.map(({ runId }) => runId).sort());
      expect(scores[blend!.runId]!['test_roc_auc']).toBeGreaterThan(0.75);

      for (const base of trials.filter(({ kind }) => ['blend', 'stack'].includes(kind))) {
        const final = await lab.trial(context, tabularProblem.finalPlan(base, context)!);
        expect(final.metrics['test_roc_auc']).toBeCloseTo(scores[base.runId]!['test_roc_auc']!, 9);
        trials.push(final);
      }
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
      const bases = [];
      for (const estimator of ['LogisticRegression', 'LGBMClassifier', 'ExtraTreesClassifier']) {
        bases.push(
          await lab.trial(
            chance,
            oneOfEach(chance).find((one) => one.estimator === estimator)!,
          ),
        );
      }
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
    const context = await lab.prepare('spent', mixedTable(400, 2), { ...request, exclude_cols: ['bought'] });
    const trials = [];
    for (const proposal of oneOfEach(context)) trials.push(await lab.trial(context, proposal));
    const dummy = trials.find(({ estimator }) => estimator === 'DummyRegressor')!;
    for (const trial of trials.filter((one) => one !== dummy)) {
      expect([trial.estimator, trial.validation < dummy.validation]).toEqual([trial.estimator, true]);
    }
    const best = Math.min(...trials.map(({ validation }) => validation));
    for (const plan of tabularProblem.ensembles(trials, context)) {
      const made = await lab.trial(context, plan);
      expect([plan.kind, made.validation < best * 1.1]).toEqual([plan.kind, true]);
      await expectRecomputed(made, '');
      trials.push(made);
    }
    trials.push(await lab.trial(context, tabularProblem.finalPlan(trials.at(-1)!, context)!));
    await expectRawRows(context, trials);
  },
  6 * bound,
);

test(
  'three classes, and numbers of scikit-learn',
  async () => {
    const wine = { problem_type: 'classification', target_col: 'target', primary_metric: 'log_loss' };
    const three = await lab.prepare('wine', packaged['wine']!, wine);
    const trials = [];
    for (const estimator of ['XGBClassifier', 'LogisticRegression', 'SVC']) {
      trials.push(
        await lab.trial(
          three,
          oneOfEach(three).find((one) => one.estimator === estimator)!,
        ),
      );
    }
    const [plan] = tabularProblem.ensembles(trials, three);
    const blend = await lab.trial(three, plan!, []);
    expect(await lab.filesOf(blend.runId, 'plots')).toContain('precision_recall.json');
    expect(blend.validation).toBeLessThan(Math.min(...trials.map(({ validation }) => validation)) + 0.03);
    for (const trial of [...trials, blend]) {
      expect(trial.metrics['val_accuracy_score']).toBeGreaterThan(0.9);
      await expectRecomputed(trial, '');
    }
    await expectRawRows(three, [...trials, blend]);

    const diabetes = { problem_type: 'regression', target_col: 'target', primary_metric: 'r2' };
    const numbers = await lab.prepare('diabetes', packaged['diabetes']!, diabetes);
    const ridge = await lab.trial(
      numbers,
      oneOfEach(numbers).find(({ estimator }) => estimator === 'Ridge')!,
    );
    expect(ridge.validation).toBeGreaterThan(0.35);
    await expectRawRows(numbers, [ridge]);
  },
  4 * bound,
);

describe('f1 of two classes', () => {
  test(
    'is decided by a threshold that no row chose for itself, and three notebooks give it again in Jupyter',
    async () => {
      const file = join(import.meta.dir, '../../../examples/pima/data/pima.csv');
      const request = { problem_type: 'classification', target_col: 'diabetes', primary_metric: 'f1' };
      const pima = await lab.prepare('pima', readFileSync(file, 'utf8'), request);
      const chosen = oneOfEach(pima).filter(({ estimator }) =>
        ['LogisticRegression', 'LGBMClassifier'].includes(estimator),
      );
      const trials = [];
      for (const proposal of chosen) trials.push(await lab.trial(pima, proposal));
      const [plan] = tabularProblem.ensembles(trials, pima);
      trials.push(await lab.trial(pima, plan!));
      await expectRawRows(pima, trials);
      const target = pima.profile.kind === 'tabular' ? pima.profile.target : undefined;
      const label = target?.kind === 'binary' ? target.positive! : '';
      for (const trial of trials) {
        await expectRecomputed(trial, /^\d+$/.test(label) ? label : JSON.stringify(label));
        const bases = trial.kind === 'blend' ? trials.slice(0, 2) : [];
        const notebook = tabularProblem.trialNotebook({ ...trial, bases }, pima);
        const again = await reproduceNotebook({
          python: lab.python,
          text: notebookText(notebook.cells),
          results: notebook.results,
          skip: ['plots', 'explain'],
          folder: lab.folder,
          environment: lab.environment(pima),
          threads: 1,
          deadline: Date.now() + bound,
        });
        const metrics = (again.results['metrics'] ?? {}) as Record<string, number>;
        expect([again.message, metrics['val_f1_score']]).toEqual(['', trial.metrics['val_f1_score']!]);
      }
    },
    6 * bound,
  );
});
