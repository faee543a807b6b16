/** What a model answered for some rows, as columns. */
import { BatchError, type Column } from './batch-input.ts';
import { exactJson, isNumeral, Stamp, type Cell } from './cells.ts';

type Cells = Readonly<Record<string, Cell>>;

/** The column of predictions that are no records, named as in MLflow's answers. */
const onlyColumn = 'predictions';

/** @param body JSON as a scorer answers @throws BatchError when it has not one prediction for each row */
export function answerColumns(body: string, rows: number): readonly Column[] {
  const predictions = predictionsOf(body);
  if (isList(predictions)) {
    if (predictions.length !== rows) throw misfit(`${predictions.length} predictions`, rows);
    return predictions.length > 0 && predictions.every(isRecord)
      ? columnsOfRecords(predictions)
      : [{ name: onlyColumn, values: predictions }];
  }
  // Outputs by name, as of ONNX models.
  if (!isRecord(predictions)) throw misfit('one value', rows);
  return Object.entries(predictions).map(([name, values]) => {
    if (!isList(values) || values.length !== rows) {
      throw misfit(`${isList(values) ? `${values.length} values` : 'one value'} as '${name}'`, rows);
    }
    return { name, values };
  });
}

function predictionsOf(body: string): Cell {
  const answer = exactJson(body);
  const predictions = isRecord(answer) ? answer['predictions'] : undefined;
  if (predictions === undefined) throw new BatchError(`The model answers no predictions: ${body.slice(0, 200)}`);
  return predictions;
}

function columnsOfRecords(records: readonly Cells[]): Column[] {
  const names = new Set(records.flatMap((record) => Object.keys(record)));
  return [...names].map((name) => ({ name, values: records.map((record) => record[name] ?? null) }));
}

function misfit(what: string, rows: number): BatchError {
  return new BatchError(
    `The model answers ${what} for ${rows} rows, so there is no table to write. Take -o with a name that ends in .json.`,
  );
}

export function isList(cell: Cell): cell is readonly Cell[] {
  return Array.isArray(cell);
}

export function isRecord(cell: Cell): cell is Cells {
  return typeof cell === 'object' && cell !== null && !isList(cell) && !isNumeral(cell) && !(cell instanceof Stamp);
}
