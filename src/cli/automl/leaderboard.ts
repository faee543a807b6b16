import { readAutoml } from '../../sdk/automl-search.ts';
import { action } from '../action.ts';
import { searchRunFlag } from './run-flag.ts';
import { boardColumns } from './search-report.ts';
import { told } from './told.ts';

export const leaderboard = action({
  name: 'leaderboard',
  summary: 'the models of a search, best first, with what they cost; while it runs too',
  flags: searchRunFlag,
  example: 'modelyard automl leaderboard 4f1c0b…',
  async run(given, out) {
    const { leaderboard: rows, config, trials, phase, message, warnings } = await told(() => readAutoml(given.run));
    out.list(rows, boardColumns(config.primary_metric), 'No trial has ended yet.');
    const failed = trials.filter(({ status }) => status === 'FAILED');
    const killed = trials.filter(({ status }) => status === 'KILLED').length;
    const ends = `${failed.length} failed${killed > 0 ? `, ${killed} did not end` : ''}`;
    out.note(`${phase}: ${trials.length} trials, ${ends}. ${message}`.trim());
    for (const warning of warnings) out.note(`! ${warning}`);
    for (const { name, failure, message: why } of failed) out.note(`  ${name} failed (${failure ?? 'error'}): ${why}`);
  },
});
