/** Runs trials, so many at a time, until there is no time, nothing more to try, or no hope. */
import type { TrialPlan } from '../problem.ts';
import { EarlyStop } from './early-stop.ts';
import type { PlanSource } from './plan-source.ts';
import type { AutomlSession } from './session.ts';
import type { TrialLimits } from './trial-runner.ts';

/** Of the budget: what a single trial may take once there is a model at all. */
const mostOfBudget = 1 / 3;
/** So many failures before the first success: the rest will not do better. */
const hopeless = 10;
const look = 1000;
/** With less time for trials than this, in milliseconds, so many of them end before the data is explored. */
const [short, beforeExploration] = [75_000, 2];

/** @returns why it ended */
export async function searchTrials(session: AutomlSession, source: PlanSource): Promise<string> {
  const { clock, config, resources } = session;
  if (!session.hasModel) clock.waitForModel();
  const early = new EarlyStop(config.early_stopping);
  const running = new Set<Promise<void>>();
  let begun = session.trials.filter(isAskedFor).length;
  const begin = (work: () => Promise<void>): void => {
    const job: Promise<void> = work()
      .catch((error: unknown) => session.events.note(`Not recorded: ${(error as Error).message}`))
      .finally(() => running.delete(job));
    running.add(job);
  };
  const over = new Promise<void>((resolve) => clock.trialsOver.addEventListener('abort', () => resolve()));
  // A model is worth more than its pictures: where time is short these wait for the baseline and what is tried first.
  let [waitsFor, explored] = [clock.left < short ? beforeExploration : 0, session.explored];
  const explore = (): void => {
    if (explored || clock.left === 0 || running.size >= resources.parallel) return;
    explored = true;
    begin(() => session.explore({ deadline: clock.trialsEnd, signal: clock.trialsOver }));
  };

  const enough = (): string | undefined => {
    if (config.max_trials !== undefined && begun >= config.max_trials)
      return 'All trials that were asked for are made.';
    if (!session.best && session.failed.length >= hopeless) return 'All trials failed.';
    return early.reason;
  };
  while (!clock.trialsOver.aborted && enough() === undefined) {
    if (waitsFor <= 0) explore();
    while (running.size < resources.parallel && clock.left > 0 && enough() === undefined) {
      const draft = await source.next(clock.left / 1000);
      if (!draft) break;
      if (isAskedFor(draft)) begun++;
      begin(async () => {
        const before = session.best;
        const end = await session.trial(draft, trialLimits(session));
        waitsFor--;
        early.add(session.best !== before);
        await source.learn(end);
      });
    }
    // Nobody wants the place.
    explore();
    if (running.size === 0 && (source.isEmpty || clock.left === 0)) break;
    await Promise.race([...running, over, Bun.sleep(look)]);
  }
  const reason = enough() ?? (clock.left === 0 ? 'The time was up.' : 'There was nothing more to try.');
  if (early.reason !== undefined) clock.endTrials();
  while (running.size >= resources.parallel) await Promise.race(running);
  explore();
  await Promise.all(running);
  if (!explored) session.warn('The data was not explored: the search ended before its turn came.');
  return reason;
}

/** A baseline, and what is made of other trials, is not what a number of trials was asked for. */
function isAskedFor({ kind }: Pick<TrialPlan, 'kind'>): boolean {
  return kind === 'portfolio' || kind === 'search';
}

function trialLimits({ clock, best }: AutomlSession): TrialLimits {
  const most = best ? clock.budget * mostOfBudget : undefined;
  return { deadline: clock.trialsEnd, most, signal: clock.trialsOver };
}
