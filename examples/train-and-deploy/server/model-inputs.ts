/** What a model takes, and the cells of a table as that. */
import { loadText } from 'modelyard';
import type { Table } from '../api.ts';
import { UserError } from './respond.ts';

export interface Input {
  readonly name: string;
  readonly type: string;
}

/** The columns of the model's signature. */
export async function inputsOf(uri: string): Promise<readonly Input[]> {
  const { signature } = Bun.YAML.parse(await loadText(`${uri}/MLmodel`)) as { signature: { inputs: string } };
  return JSON.parse(signature.inputs) as Input[];
}

/** The cells of the columns that the model takes, as numbers where it wants numbers. */
export function valuesOf(table: Table, inputs: readonly Input[], file: string): (string | number)[][] {
  if (table.columns.join('') === '') throw new UserError('Choose a CSV file with the rows to score.');
  const missing = inputs.filter(({ name }) => !table.columns.includes(name)).map(({ name }) => name);
  if (missing.length > 0) {
    const wanted = inputs.map(({ name }) => name).join(', ');
    throw new UserError(
      `${file} lacks the column${missing.length === 1 ? '' : 's'} ${missing.join(', ')}. Its first line must name: ${wanted}.`,
    );
  }
  if (table.rows.length === 0) throw new UserError(`${file} has no rows below its first line.`);
  return table.rows.map((row, index) =>
    inputs.map(({ name, type }) => {
      const text = row[table.columns.indexOf(name)]?.trim() ?? '';
      if (type === 'string') return text;
      const value = Number(text);
      if (text !== '' && Number.isFinite(value)) return value;
      throw new UserError(
        `Row ${index + 1} of ${file} has ${JSON.stringify(text)} for ${name}, which must be a number.`,
      );
    }),
  );
}
