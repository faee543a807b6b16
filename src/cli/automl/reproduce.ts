import { action } from '../action.ts';
import { CommandError } from '../command.ts';
import { told } from './told.ts';

export const reproduce = action({
  name: 'reproduce',
  summary: 'run the notebook of a trial again, in a clean kernel, and compare its metric',
  detail: 'Exit code 1 when it is not the same. Nothing is recorded but the answer, as a tag of the run.',
  flags: {
    trial: { type: 'string', value: 'RUN', operand: true, required: true, meaning: 'the run of the trial' },
  },
  example: 'modelyard automl reproduce 9ad2c4…',
  async run(given, out) {
    const [{ reproduceTrial }, { automlPython }] = await Promise.all([
      import('../../automl/engine/reproduce-trial.ts'),
      import('../../automl/environment.ts'),
    ]);
    try {
      const python = await automlPython({ onProgress: (step) => out.note(step) });
      out.note('Running it again ...');
      const found = await told(() => reproduceTrial(given.trial, python));
      const { name, final, metric, before, now, equal } = found;
      const whose = final === undefined ? '' : `The figures of ${final} are those of ${name}, which was run again. `;
      out.done(
        found,
        whose + (equal ? `${name} gives the same ${metric}: ${now}` : `${name} gave ${metric} ${before}, now ${now}`),
      );
      return equal ? 0 : 1;
    } catch (error) {
      const known = ['SearchError', 'EnvironmentError', 'PythonProcessError'].includes((error as Error).name);
      throw known ? new CommandError((error as Error).message) : error;
    }
  },
});
