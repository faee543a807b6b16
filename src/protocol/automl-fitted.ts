/** To how much of the data the model of a trial is fitted. A final model is fitted to all of it. */
import type { TabularProfile } from './automl-record.ts';

/** Of the rows, rounded; undefined where the profile does not tell, as each row of the data set says what it is for. */
export function fittedPercent({
  development_rows,
  test_rows,
  validation,
  weights,
}: TabularProfile): number | undefined {
  const all = development_rows + test_rows;
  if (validation.kind === 'manual' || weights !== undefined || all === 0) return undefined;
  // Without folds as many rows are validated as are tested, and the model has seen neither.
  const fitted = validation.kind === 'folds' ? development_rows : development_rows - test_rows;
  return Math.round((100 * fitted) / all);
}
