/** The cells that a notebook of AutoML is made of. */
import type { Cell as NotebookCell } from '../../models/notebook/notebook.ts';

/**
 * - `setup`: imports, settings, functions
 * - `load`, `features`, `model`, `fit`, `evaluate`, `log`, `plots`, `explain`: a trial from its data to what it leaves
 * - `test`: scores the test rows; run once, when the search has ended
 * - `inference`: how to use the model; text, or code that is not run by the search
 */
export const cellTags = [
  'setup',
  'load',
  'features',
  'model',
  'fit',
  'evaluate',
  'log',
  'plots',
  'explain',
  'test',
  'inference',
] as const;
export type CellTag = (typeof cellTags)[number];

export interface Cell extends NotebookCell {
  readonly tags?: readonly [CellTag];
}

/** What an executed cell left, as notebooks have it (nbformat 4). */
export type CellOutput = Readonly<Record<string, unknown>>;

export interface Notebook {
  /** File name without `.ipynb`. */
  readonly name: string;
  readonly cells: readonly Cell[];
  /** Names of variables whose values, as JSON, are the notebook's result. */
  readonly results: readonly string[];
}
