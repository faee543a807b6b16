/** From the trials to the result: ensembles, the final model, its test scores, ranks, the leaderboard. */
import { notebookText } from '../../models/notebook/notebook.ts';
import { leaderboardCsv, leaderboardOf } from '../../protocol/automl-leaderboard.ts';
import { automlTags, searchFiles, type LeaderboardRow } from '../../protocol/automl-record.ts';
import type { FinishedTrial } from '../problem.ts';
import type { NotebookEnd } from '../worker/worker.ts';
import { inParallel } from './in-parallel.ts';
import type { AutomlSession } from './session.ts';
import { metricsOf, runNotebook, type TrialLimits } from './trial-runner.ts';

/** Trials whose test scores are told. */
const mostTested = 10;
/** Calls of the server. */
const atOnce = 8;

export async function makeEnsembles(session: AutomlSession): Promise<void> {
  const { clock, resources } = session;
  const plans = session.ensembles((clock.deadline - Date.now()) / 1000);
  await inParallel(plans, resources.parallel, async (plan) => {
    const { after } = session;
    const deadline = clock.deadline - (after.finalSeconds(plan.bases) + after.besidesFinal(0)) * 1000;
    if (Date.now() < deadline) await session.trial(plan, { deadline, signal: clock.over });
  });
}

/** The best model, fitted to all that it may see. It is begun however long it may take, and ended when the time is up. */
export async function makeFinal(session: AutomlSession): Promise<void> {
  const { clock, problem, context, best } = session;
  const plan = best && problem.finalPlan(best, context);
  if (!plan) return;
  if (Date.now() >= clock.deadline) return session.events.note('There was no time to fit the best model to all rows.');
  const end = await session.trial(plan, { deadline: clock.deadline, signal: clock.over });
  if (!end.finished) session.events.note(`The best model is not fitted to all rows: ${end.message}`);
}

/** Opens the test rows, once, for the best trials. */
export async function scoreTest(session: AutomlSession): Promise<void> {
  const { clock, trials } = session;
  const limits = { deadline: clock.deadline + (clock.hardEnd - clock.deadline) / 2, signal: clock.over };
  const end = await measureByTest(session, trials.slice(0, mostTested), limits);
  if (end.status !== 'finished') session.events.note(`The test rows were not scored: ${end.message}`);
}

/** Runs the notebook of the test; what it finds is learnt of the trials. */
export async function measureByTest(
  session: AutomlSession,
  trials: readonly FinishedTrial[],
  limits: TrialLimits,
): Promise<NotebookEnd> {
  const { problem, context, workshop, store, run } = session;
  const notebook = problem.testNotebook(trials, context);
  const end = await runNotebook(workshop, notebook, run.runId, limits, ['inference']);
  await store.upload(run, `${notebook.name}.ipynb`, end.text || notebookText(notebook.cells));
  const scores = (end.results['scores'] ?? {}) as Readonly<Record<string, unknown>>;
  for (const { runId } of trials) session.addMetrics(runId, metricsOf(scores[runId]));
  return end;
}

/** A final model has been fitted to the test rows: what is known of it are the scores of its trial. */
export async function shareTestScores(session: AutomlSession): Promise<void> {
  const { trials, store } = session;
  for (const { runId, kind, params, metrics } of trials) {
    const base = kind === 'final' ? trials.find((trial) => trial.runId === params['refit_of']) : undefined;
    if (!base) continue;
    const scores = Object.fromEntries(
      Object.entries(testScores(base)).filter(([name, value]) => metrics[name] !== value),
    );
    if (Object.keys(scores).length === 0) continue;
    await store.metrics(runId, scores);
    session.addMetrics(runId, scores);
  }
}

/** Those metrics of a trial that are of the test rows. */
export function testScores({ metrics }: FinishedTrial): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(metrics).filter(([name]) => name.startsWith('test_')));
}

export async function writeRanks({ store, run, config, trials }: AutomlSession): Promise<readonly LeaderboardRow[]> {
  const rows = leaderboardOf(trials, config);
  await store.upload(run, searchFiles.leaderboard, `${JSON.stringify(rows, undefined, 2)}\n`);
  await store.upload(run, searchFiles.leaderboardCsv, leaderboardCsv(rows));
  const [best] = rows;
  if (best) await store.tag(run.runId, { [automlTags.best]: best.run_id });
  await inParallel(rows, atOnce, (row) => store.tag(row.run_id, { [automlTags.rank]: row.rank }));
  return rows;
}

/** Notebooks that predict with the model. @param modelUri such as `models:/churn/3` */
export async function writeInference({ problem, context, store, run }: AutomlSession, modelUri: string): Promise<void> {
  for (const { name, cells } of problem.inferenceNotebooks(modelUri, context)) {
    await store.upload(run, `${searchFiles.inference}/${name}.ipynb`, notebookText(cells));
  }
}
