/** Notebooks that predict with the chosen model: a file as a whole, or rows as they come. */
import { inferenceCells, notebookKinds } from '../../models/notebook/inference-notebook.ts';
import type { ColumnField } from '../../models/schema.ts';
import type { ColumnProfile, CsvArguments, DataProfile } from '../../protocol/automl-record.ts';
import type { Cell, Notebook } from '../notebook/cell.ts';
import { inferenceTitle } from '../notebook/inference-title.ts';
import { pythonLiteral } from '../notebook/python-code.ts';
import type { SearchContext } from '../problem.ts';
import { columnsOfSeveralTypes, taskOf } from './task.ts';

export function inferenceNotebooks(modelUri: string, context: SearchContext): Notebook[] {
  const task = taskOf(context);
  const several = columnsOfSeveralTypes(task);
  const fields = task.features.map((feature) => fieldOf(feature, several));
  const model = { flavors: { python_function: {} }, inputs: { kind: 'columns', named: true, fields } } as const;
  const csv = csvArguments(context.profile);
  const texts = task.features.flatMap(({ name, type, unit }) =>
    unit !== undefined || (type === 'string' && several.includes(name)) ? [name] : [],
  );
  const title = inferenceTitle(modelUri, context.config);
  return notebookKinds.map((kind) => ({
    name: kind,
    cells: inferenceCells({ kind, title, uri: modelUri, model, csv, texts, trackingUri: context.trackingUri }).map(
      (cell): Cell => ({
        ...cell,
        tags: ['inference'],
      }),
    ),
    results: [],
  }));
}

const usual: CsvArguments = { sep: ',', decimal: '.', quotechar: '"', encoding: 'utf-8' };

/** What pandas must be told to read the file that the search has read. */
function csvArguments({ csv }: DataProfile): string[] {
  return Object.entries({ ...usual, ...csv }).flatMap(([name, value]) =>
    value === undefined || value === usual[name as keyof CsvArguments] ? [] : [`${name}=${pythonLiteral(value)}`],
  );
}

/**
 * What a file of text does not tell of a column, where the model's signature asks for a type; true and false stay as they
 * are, missing ones among them.
 */
function fieldOf({ name, type, semantic }: ColumnProfile, several: readonly string[]): ColumnField {
  const required = true;
  if (semantic === 'boolean' || several.includes(name)) return { name, type: 'any', required };
  // Dates in text are no type of a column, and no word is an example of one.
  if (type === 'string') return { name, type: semantic === 'datetime' ? 'any' : type, required };
  return { name, type: type.startsWith('timestamp') ? 'datetime' : 'double', required };
}
