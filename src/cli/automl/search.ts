import { checkedConfig } from '../../protocol/automl-config-check.ts';
import {
  automlFrameworks,
  automlMetrics,
  automlProblems,
  automlVerbs,
  type AutomlProblem,
} from '../../protocol/automl-config.ts';
import { readAutomlConfig } from '../../sdk/automl-search.ts';
import { getRun } from '../../sdk/fluent-runs.ts';
import { action, type Action } from '../action.ts';
import { CommandError } from '../command.ts';
import { runSearchCommand } from './run-search.ts';
import { told } from './told.ts';
import { inFlags } from './in-flags.ts';
import { configOf, effortOf } from './search-config.ts';
import { effortFlags, flagsOf, type GivenSearch } from './search-flags.ts';

const summaries = {
  classification: 'find the best model for a column of classes',
  regression: 'find the best model for a column of numbers',
  forecasting: 'find the best model for one or many series in time',
} as const;
const examples = {
  classification: `modelyard automl classify --data diabetes.csv --target outcome --metric roc_auc --timeout 60
modelyard automl classify --data sqlite:///shop.db --query 'select * from orders' --target returned --register returns`,
  regression: 'modelyard automl regress --data houses.parquet --target price --exclude-cols id --imputers area=median',
  forecasting: `modelyard automl forecast --data sales.csv --target sold --time-col day --identity-col shop,item \\
  --horizon 14 --frequency D --country-code DE`,
} as const;

export const searchActions: readonly Action[] = automlProblems.map((problem) =>
  action({
    name: automlVerbs[problem],
    summary: summaries[problem],
    detail: `Every trial is a run with its notebook, which is what ran. The command ends at its time, Ctrl-C ends
it before, both with the best model so far.
Metrics: ${automlMetrics[problem].join(', ')} (the first is the default).
Frameworks: ${automlFrameworks[problem].join(', ')}.`,
    flags: flagsOf[problem],
    example: examples[problem],
    run: (given, out) => search(problem, given, (wish) => runSearchCommand(wish, out)),
  }),
);

type Wish = Parameters<typeof runSearchCommand>[0];

function search(problem: AutomlProblem, given: GivenSearch, run: (wish: Wish) => Promise<number>): Promise<number> {
  if (given['run-id'] !== undefined && given.resume !== true) throw new CommandError('--run-id goes with --resume', 2);
  const config = checked(() => configOf(problem, given), given);
  const newBudget = given.timeout !== undefined;
  const resume = given.resume === true ? { runId: given['run-id'], newBudget } : undefined;
  return run({ config, resume, jobFolder: given['job-folder'], inWords: (message) => inFlags(message, given) });
}

export const resume = action({
  name: 'resume',
  summary: 'go on with a search that was killed or stopped, from the trials that ended',
  detail: `What is left of its time is used, or that of --timeout. The same as --resume of the command that began it.`,
  flags: {
    run: { type: 'string', value: 'RUN', operand: true, required: true, meaning: "the search's run" },
    ...effortFlags,
  },
  example: 'modelyard automl resume 4f1c0b… --timeout 10m',
  async run(given, out) {
    const before = await told(async () => readAutomlConfig(await getRun(given.run)));
    const said = Object.entries(effortOf(given)).filter(([, value]) => value !== undefined);
    const config = checked(() => checkedConfig({ ...before, ...Object.fromEntries(said) }));
    const wish = { runId: given.run, newBudget: given.timeout !== undefined };
    return runSearchCommand({ config, resume: wish, jobFolder: undefined, inWords: inFlags }, out);
  },
});

/** All that is wrong, told at once. */
function checked<T>(work: () => T, given: GivenSearch = {}): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AutomlConfigError') throw error;
    const lines = error.message.split('\n').map((line) => inFlags(line, given));
    const [only] = lines;
    throw new CommandError(
      lines.length === 1 && only !== undefined ? only : `this cannot be searched for:\n  ${lines.join('\n  ')}`,
      2,
    );
  }
}
