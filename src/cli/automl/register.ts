import { isBaseline } from '../../protocol/automl-baseline.ts';
import { championAlias } from '../../protocol/automl-record.ts';
import { registerAutoml } from '../../sdk/automl-register.ts';
import { getRun } from '../../sdk/fluent-runs.ts';
import { readAutoml } from '../../sdk/automl-search.ts';
import { action } from '../action.ts';
import { CommandError } from '../command.ts';
import { searchRunFlag } from './run-flag.ts';
import { told } from './told.ts';

export const register = action({
  name: 'register',
  summary: 'register the best model of a search, with the alias champion',
  flags: {
    ...searchRunFlag,
    name: { type: 'string', short: 'n', value: 'NAME', operand: true, meaning: 'the registered model' },
    trial: { type: 'string', value: 'RUN', fallback: 'the best', meaning: 'the run of another trial' },
  },
  example: 'modelyard automl register 4f1c0b… churn',
  async run(given, out) {
    if (given.name === undefined) throw new CommandError('automl register needs the NAME of the registered model', 2);
    const { leaderboard } = await told(() => readAutoml(given.run));
    const wanted = given.trial ?? leaderboard[0]?.run_id;
    const row = leaderboard.find(({ run_id: id }) => id === wanted);
    if (!row) {
      const why = given.trial === undefined ? 'it has no model yet' : `${given.trial} is none of its trials that ended`;
      throw new CommandError(`the search ${given.run} cannot be registered: ${why}.`);
    }
    const { name, version, champion } = await registerAutoml(given.run, given.name, row.run_id);
    const isKept =
      row.rank === 1 && !champion && (await isBaseline(row.run_id, async (id) => (await getRun(id)).data.tags));
    const kept = isKept ? ` The alias ${championAlias} stays where it is: a baseline does not take it.` : '';
    const line = `${row.name} is version ${version} of ${name}${champion ? `, with the alias ${championAlias}` : ''}.${kept}`;
    out.done({ name, version, run_id: row.run_id, alias: champion ? championAlias : null }, line);
  },
});
