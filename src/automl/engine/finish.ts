/** From the trials to the result: ensembles, the final model, its test scores, ranks, the leaderboard. */
import { notebookText } from '../../models/notebook/notebook.ts';
import { leaderboardCsv, leaderboardOf } from '../../protocol/automl-leaderboard.ts';
import { automlTags, searchFiles, type LeaderboardRow } from '../../protocol/automl-record.ts';
import type { AutomlSession } from './session.ts';
import { metricsOf, runNotebook } from './trial-runner.ts';

/** Trials whose test scores are told. */
const mostTested = 10;
const atOnce = 8;

export async function makeEnsembles(session: AutomlSession): Promise<void> {
  const { clock, problem, context, resources } = session;
  const deadline = clock.deadline - (session.overhead + session.finalSeconds) * 1000;
  const waiting = [...problem.ensembles(session.trials, context)];
  const worker = async (): Promise<void> => {
    for (let plan = waiting.shift(); plan && Date.now() < deadline; plan = waiting.shift()) {
      await session.trial(plan, { deadline, signal: clock.over });
    }
  };
  await Promise.all(Array.from({ length: resources.parallel }, worker));
}

/** The best model, fitted to all that it may see; what does not fit into the time is left as it is. */
export async function makeFinal(session: AutomlSession): Promise<void> {
  const { clock, problem, context, best } = session;
  const plan = best && problem.finalPlan(best, context);
  if (!plan) return;
  if (Date.now() + session.finalSeconds * 1000 > clock.deadline) {
    session.events.note('There is no time to fit the best model to all rows: it stays as it is.');
    return;
  }
  const end = await session.trial(plan, { deadline: clock.deadline, signal: clock.over });
  if (!end.finished) session.events.note(`The best model stays as it is: ${end.message}`);
}

/** Opens the test rows, once, for the best trials. */
export async function scoreTest(session: AutomlSession): Promise<void> {
  const { clock, problem, context, workshop, store, run, trials } = session;
  const tested = trials.slice(0, mostTested);
  const notebook = problem.testNotebook(tested, context);
  const limits = { deadline: clock.deadline + (clock.hardEnd - clock.deadline) / 2, signal: clock.over };
  const end = await runNotebook(workshop, notebook, run.runId, limits, ['inference']);
  await store.upload(run, `${notebook.name}.ipynb`, end.text || notebookText(notebook.cells));
  if (end.status !== 'finished') session.events.note(`The test rows were not scored: ${end.message}`);
  const scores = (end.results['scores'] ?? {}) as Readonly<Record<string, unknown>>;
  for (const { runId } of tested) session.addMetrics(runId, metricsOf(scores[runId]));
}

export async function writeRanks({ store, run, config, trials }: AutomlSession): Promise<readonly LeaderboardRow[]> {
  const rows = leaderboardOf(trials, config);
  await store.upload(run, searchFiles.leaderboard, `${JSON.stringify(rows, undefined, 2)}\n`);
  await store.upload(run, searchFiles.leaderboardCsv, leaderboardCsv(rows));
  const [best] = rows;
  if (best) await store.tag(run.runId, { [automlTags.best]: best.run_id });
  const waiting = [...rows];
  const worker = async (): Promise<void> => {
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      await store.tag(row.run_id, { [automlTags.rank]: row.rank });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return rows;
}

/** Notebooks that predict with the model. @param modelUri such as `models:/churn/3` */
export async function writeInference({ problem, context, store, run }: AutomlSession, modelUri: string): Promise<void> {
  for (const { name, cells } of problem.inferenceNotebooks(modelUri, context)) {
    await store.upload(run, `${searchFiles.inference}/${name}.ipynb`, notebookText(cells));
  }
}
