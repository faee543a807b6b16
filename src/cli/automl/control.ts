/** Commands for a search that runs elsewhere. */
import { extendAutoml, stopAutoml } from '../../sdk/automl-wish.ts';
import { settingsOf } from '../../sdk/settings.ts';
import { action } from '../action.ts';
import { CommandError } from '../command.ts';
import { searchRunFlag } from './run-flag.ts';
import { secondsOf } from './search-config.ts';
import { told } from './told.ts';

export const stop = action({
  name: 'stop',
  summary: 'end a search that runs, with the best model that it has',
  flags: searchRunFlag,
  example: 'modelyard automl stop 4f1c0b…',
  async run(given, out) {
    const { run } = given;
    await told(() => stopAutoml(run));
    const { endAbandoned } = await import('../../automl/engine/end-abandoned.ts');
    if (await endAbandoned(run, settingsOf())) {
      const line = `Nobody works on the search ${run} any more: it is KILLED now. To go on with it: modelyard automl resume ${run}`;
      out.done({ run_id: run, wish: 'stop', status: 'KILLED' }, line);
      return;
    }
    out.done({ run_id: run, wish: 'stop' }, `The search ${run} ends now.`);
  },
});

export const extend = action({
  name: 'extend',
  summary: 'give a search that runs more time',
  flags: {
    ...searchRunFlag,
    by: { type: 'string', value: 'TIME', operand: true, meaning: 'seconds, or such as 90s, 10m, 2h' },
  },
  example: 'modelyard automl extend 4f1c0b… 10m',
  async run(given, out) {
    if (given.by === undefined) throw new CommandError('automl extend needs a time, such as 10m', 2);
    const seconds = secondsOf(given.by);
    const deadline = await told(() => extendAutoml(given.run, seconds));
    const line = `The search ${given.run} ends at ${new Date(deadline).toLocaleTimeString('sv-SE')}.`;
    out.done({ run_id: given.run, deadline }, line);
  },
});
