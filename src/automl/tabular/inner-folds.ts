/** Folds within the rows that a model is fitted to. */
import type { Task } from './task.ts';

export const innerFoldsImport = 'sklearn.model_selection:StratifiedKFold';

/**
 * Tables are often sorted by something that tells of the target: unshuffled folds would ask of each model what none of
 * its rows shows. Rows that are split by time come in its order, and there a stretch stands for what comes after it.
 */
export function innerFolds(count: number, { context: { profile } }: Task): string {
  const isByTime = profile.kind === 'tabular' && profile.validation.kind === 'time';
  return `StratifiedKFold(${count}${isByTime ? '' : ', shuffle=True, random_state=SEED'})`;
}
