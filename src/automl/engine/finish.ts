/** From the trials to the result: ensembles, the final model, its test scores, ranks, the leaderboard. */
import { notebookText } from '../../models/notebook/notebook.ts';
import { leaderboardCsv, leaderboardOf, ranked, toleranceOfForecasts } from '../../protocol/automl-leaderboard.ts';
import { fittedPercent } from '../../protocol/automl-fitted.ts';
import {
  automlTags,
  databricksTags,
  searchFiles,
  type DataProfile,
  type LeaderboardRow,
  type TrialKind,
} from '../../protocol/automl-record.ts';
import type { FinishedTrial } from '../problem.ts';
import type { NotebookEnd } from '../worker/worker.ts';
import type { TrialEnd } from './events.ts';
import { inParallel } from './in-parallel.ts';
import type { AutomlSession } from './session.ts';
import { loggedOf, metricsOf, runNotebook, type TrialLimits } from './trial-runner.ts';

/** Trials whose test scores are told. */
const mostTested = 10;
/** Calls of the server. */
const atOnce = 8;

/**
 * Where ensembles and a refit after them may not end in time, the best single model is fitted to all rows first: the final
 * model of an ensemble replaces it when there is time for one.
 */
export async function makeEarlyFinal(session: AutomlSession): Promise<void> {
  const { clock, after, best } = session;
  const left = (clock.deadline - Date.now()) / 1000;
  const ensembles = session.ensembles(left).length;
  if (!best || ensembles === 0 || !after.mayNotSuffice(left, ensembles, best)) return;
  await fitToAll(session, clock.deadline - after.testSeconds * 1000);
}

export async function makeEnsembles(session: AutomlSession): Promise<void> {
  const { clock, resources } = session;
  const plans = session.ensembles((clock.deadline - Date.now()) / 1000);
  const ends: TrialEnd[] = [];
  await inParallel(plans, resources.parallel, async (plan) => {
    const { after } = session;
    const deadline = clock.deadline - (after.finalSeconds(plan.bases) + after.besidesFinal(0)) * 1000;
    if (Date.now() < deadline) ends.push(await session.trial(plan, { deadline, signal: clock.over }));
  });
  if (ends.some(({ finished }) => finished)) return;
  const failed = ends.find((end) => !end.finished && end.failure === 'error');
  const late = ends.length === 0 ? 'there was not enough time left for one.' : 'none ended in time.';
  const why = failed && !failed.finished ? failed.message : late;
  session.warn(`No ensemble of the best models was made: ${why}`);
}

/**
 * The best model, fitted to all that it may see. It is begun however long it may take, and ended when the time is up, or a
 * little later if it is likely to end by then: other work on the machine can have taken the seconds that were kept for it.
 */
export async function makeFinal(session: AutomlSession): Promise<void> {
  const { context } = session;
  const why = await fitToAll(session, finalDeadline(session));
  if (why === undefined) return;
  const { trials } = session;
  const other = trials.find(({ kind }) => kind === 'final');
  const instead = other ? ` ${other.name} is, at place ${trials.indexOf(other) + 1}.` : '';
  const name = bestOfTrials(session)?.name ?? '';
  session.warn(`The best model, ${name}, is not fitted to all rows: ${why} ${fittedText(context.profile)}${instead}`);
}

/**
 * One at a time: the scores are promised, while a table's model is nearly as good without its refit. A forecast is not: it
 * would be a horizon behind.
 */
export function testGoesFirst({ resources, config }: AutomlSession): boolean {
  return resources.parallel === 1 && config.problem_type !== 'forecasting';
}

function finalDeadline(session: AutomlSession): number {
  const { clock, after, resources } = session;
  const best = bestOfTrials(session);
  const expected = best === undefined ? 0 : after.finalSeconds([best]) * 1000;
  const isFollowed = resources.parallel === 1 && !testGoesFirst(session);
  return !isFollowed && Date.now() + expected < clock.lateEnd ? clock.lateEnd : clock.deadline;
}

/** What the final model is made of: another's may stand first meanwhile. */
function bestOfTrials({ trials, config }: AutomlSession): FinishedTrial | undefined {
  const [best] = ranked(
    trials.filter(({ kind }) => kind !== 'final'),
    config,
  );
  return best;
}

/** @returns why it was not done; undefined when it was, or when there is nothing to do */
async function fitToAll(session: AutomlSession, deadline: number): Promise<string | undefined> {
  const { clock, problem, context, trials } = session;
  const best = bestOfTrials(session);
  if (trials.some(({ kind, params }) => kind === 'final' && params['refit_of'] === best?.runId)) return undefined;
  const plan = best && problem.finalPlan(best, context);
  if (!plan) return undefined;
  if (Date.now() >= deadline) return 'there was no time.';
  const end = await session.trial(plan, { deadline, signal: clock.over });
  return end.finished ? undefined : end.message;
}

function fittedText(profile: DataProfile): string {
  if (profile.kind === 'forecast') return `It does not know the last ${profile.test_steps} steps of each series.`;
  const percent = fittedPercent(profile);
  return `It was fitted to ${percent === undefined ? 'a part' : `${percent} %`} of them.`;
}

/** Whether the best is the baseline, or that fitted to all rows. */
export function leadsBaseline({ best, trials }: AutomlSession): boolean {
  const base = best?.kind === 'final' ? trials.find(({ runId }) => runId === best.params['refit_of']) : best;
  return base?.kind === 'baseline';
}

/** A model that has looked at nothing is no find, though it leads. */
export function tellBaseline(session: AutomlSession): void {
  if (!leadsBaseline(session)) return;
  const { profile } = session.context;
  const repeated = profile.kind === 'forecast' && profile.seasons[0] === 1 ? 'value' : 'season';
  const which = profile.kind === 'forecast' ? `which repeats the last ${repeated}` : 'which looks at no column';
  session.warn(`No model did better than the baseline, ${which}: ${whyBaseline(session)}`);
}

/** By fewer models that were no better a table or a series is not judged. */
const fewTried = 5;

function whyBaseline({ trials, failed, killed, config, context, clock }: AutomlSession): string {
  if (context.profile.alerts.some(({ name }) => name === 'many_zeros')) {
    return `${config.primary_metric} says little of so many zeros, compare by mae or rmse.`;
  }
  const isTried = ({ kind }: { kind: TrialKind }): boolean => kind === 'portfolio' || kind === 'search';
  const ends = failed.flatMap((end) => (isTried(end.plan) && !end.finished ? [end] : []));
  const late = killed + ends.filter(({ failure }) => failure === 'timeout').length;
  if (late > 0) return `${late} ${late === 1 ? 'trial' : 'trials'} did not end in time, give it more --timeout.`;
  const [first] = ends;
  const tried = trials.filter(isTried).length;
  if (clock.isTimeUp && tried > 0 && tried < fewTried) {
    return `there was time for ${tried} other ${tried === 1 ? 'model' : 'models'}, give it more --timeout.`;
  }
  if (tried > 0) {
    return config.problem_type === 'forecasting'
      ? `there may be nothing else in ${config.target_col} that goes on.`
      : `the columns may say nothing about ${config.target_col}.`;
  }
  return first
    ? `the other trials failed, the first with: ${first.message}`
    : 'no other was tried, give it more --timeout.';
}

/** What no model does that was asked for. */
export function tellShortcoming(session: AutomlSession): void {
  const { problem, trials, context } = session;
  const told = problem.shortcoming?.(trials, context);
  if (told !== undefined) session.warn(told);
}

/** Why the first of forecasts may have a larger error than others. */
export function tellEvent(session: AutomlSession): void {
  const { best, trials, config } = session;
  if (config.problem_type !== 'forecasting' || !best) return;
  const least = Math.min(...trials.map(({ validation }) => validation));
  if (best.validation <= least * (1 + toleranceOfForecasts)) return;
  session.warn(
    `${best.name} leads although others have a smaller ${config.primary_metric}: a window of the backtest that even the season ` +
      'before misses, as after an outage, counts less where methods are chosen.',
  );
}

/** Opens the test rows, once, for the best trials; those of a search that goes on may have their scores. */
export async function scoreTest(session: AutomlSession): Promise<void> {
  const { clock } = session;
  const limits = { deadline: clock.lateEnd, signal: clock.over };
  const best = session.trials.slice(0, mostTested).filter(({ kind }) => kind !== 'final');
  const trials = best.filter((trial) => !hasTestScores(trial));
  if (trials.length === 0) return;
  const end = await measureByTest(session, trials, limits);
  if (end.status === 'finished') return;
  const runs = new Set(trials.map(({ runId }) => runId));
  const scored = session.trials.filter((trial) => runs.has(trial.runId) && hasTestScores(trial)).length;
  if (scored === trials.length) return;
  const what = scored === 0 ? 'were not scored' : `scored ${scored} of ${trials.length} models`;
  session.warn(`The test rows ${what}: ${end.message}`);
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
  if (end.status !== 'finished') await readScores(session, trials);
  return end;
}

/** A notebook that broke off has logged the scores of the models before. */
async function readScores(session: AutomlSession, trials: readonly FinishedTrial[]): Promise<void> {
  await inParallel(trials, atOnce, async ({ runId }) => {
    session.addMetrics(runId, testScores({ metrics: await loggedOf(session.store, runId) }));
  });
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
export function testScores({ metrics }: Pick<FinishedTrial, 'metrics'>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(metrics).filter(([name]) => name.startsWith('test_')));
}

function hasTestScores(trial: FinishedTrial): boolean {
  return Object.keys(testScores(trial)).length > 0;
}

export async function writeRanks({ store, run, config, trials }: AutomlSession): Promise<readonly LeaderboardRow[]> {
  const rows = leaderboardOf(trials, config);
  await store.upload(run, searchFiles.leaderboard, `${JSON.stringify(rows, undefined, 2)}\n`);
  await store.upload(run, searchFiles.leaderboardCsv, leaderboardCsv(rows));
  const [best] = rows;
  if (best) {
    await store.tag(run.runId, { [automlTags.best]: best.run_id });
    await store.tagExperiment({ [databricksTags.bestNotebook]: `runs:/${best.run_id}/${best.name}.ipynb` });
  }
  await inParallel(rows, atOnce, (row) => store.tag(row.run_id, { [automlTags.rank]: row.rank }));
  return rows;
}

/** Notebooks that predict with the model. @param modelUri such as `models:/churn/3` */
export async function writeInference({ problem, context, store, run }: AutomlSession, modelUri: string): Promise<void> {
  for (const { name, cells } of problem.inferenceNotebooks(modelUri, context)) {
    await store.upload(run, `${searchFiles.inference}/${name}.ipynb`, notebookText(cells));
  }
}
