import { Button, IconButton } from '../../../components/button.tsx';
import { text } from '../../../text/endpoints.ts';
import type { Signature } from '../../models/signature.ts';
import { CellField } from './cell-field.tsx';
import type { Row } from './cells.ts';
import { mostRows, type RequestDraft } from './use-draft.ts';

interface RowFormProps {
  readonly signature: Signature;
  readonly draft: RequestDraft;
  /** By row, of the last answer. */
  readonly predictions: readonly string[] | undefined;
  readonly onChange: (change: Partial<RequestDraft>) => void;
}

function replaced(row: Row, place: number, value: string): Row {
  return row.map((before, i) => (i === place ? value : before));
}

/** A set of fields for each row, its prediction beside it. */
export function RowForm({ signature, draft, predictions, onChange }: RowFormProps) {
  const { rows, params } = draft;
  const setRow = (at: number, row: Row): void => {
    onChange({ rows: rows.map((before, i) => (i === at ? row : before)) });
  };
  return (
    <>
      {rows.map((row, at) => (
        // Rows have no name but their place.
        <fieldset key={at} className="try-row">
          <legend>{text.attempt.row(at + 1)}</legend>
          <div className="try-cells">
            {signature.inputs.map((field, i) => (
              <CellField
                // A schema may name a column twice.
                key={`${i} ${field.name}`}
                field={field}
                place={i}
                value={row[i] ?? ''}
                onChange={(value) => {
                  setRow(at, replaced(row, i, value));
                }}
              />
            ))}
          </div>
          <div className="try-prediction">
            <span className="dim">{text.attempt.prediction}</span>
            <output>{predictions?.[at] ?? '–'}</output>
          </div>
          {rows.length > 1 && (
            <IconButton
              icon="close"
              className="try-remove"
              label={text.attempt.removeRow(at + 1)}
              onClick={() => {
                onChange({ rows: rows.filter((_, i) => i !== at) });
              }}
            />
          )}
        </fieldset>
      ))}
      <div>
        <Button
          icon="plus"
          disabled={rows.length >= mostRows}
          onClick={() => {
            onChange({ rows: [...rows, rows.at(-1) ?? []] });
          }}
        >
          {text.attempt.addRow}
        </Button>
      </div>
      {signature.params.length > 0 && (
        <fieldset className="try-row">
          <legend>{text.attempt.params}</legend>
          <div className="try-cells">
            {signature.params.map((field, i) => (
              <CellField
                key={`${i} ${field.name}`}
                field={field}
                place={i}
                value={params[i] ?? ''}
                onChange={(value) => {
                  onChange({ params: replaced(params, i, value) });
                }}
              />
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}
