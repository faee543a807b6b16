import { useId } from 'react';
import { text } from '../../../text/endpoints.ts';
import type { SchemaField } from '../../models/signature.ts';
import { kindOf, problemOf, titleOf } from './cells.ts';

interface CellFieldProps {
  readonly field: SchemaField;
  readonly place: number;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A field for one column, by its type. */
export function CellField({ field, place, value, onChange }: CellFieldProps) {
  const id = useId();
  const kind = kindOf(field);
  const problem = problemOf(field, value);
  const common = {
    id,
    value,
    'aria-invalid': problem !== undefined,
    'aria-describedby': problem === undefined ? undefined : `${id}-problem`,
  };
  return (
    <div className="cell-field" data-kind={kind}>
      <label htmlFor={id}>
        <span>{titleOf(field, place)}</span>{' '}
        <span className="dim">
          {field.type}
          {!field.required && field.defaultValue === undefined && `, ${text.attempt.optional}`}
        </span>
      </label>
      {kind === 'boolean' ? (
        <select
          {...common}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        >
          <option value="">{text.attempt.nothing}</option>
          <option value="true">{text.attempt.yes}</option>
          <option value="false">{text.attempt.no}</option>
        </select>
      ) : (
        <input
          {...common}
          type="text"
          inputMode={kind === 'whole' ? 'numeric' : kind === 'number' ? 'decimal' : 'text'}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      )}
      {problem !== undefined && (
        <p id={`${id}-problem`} className="field-error">
          {problem}
        </p>
      )}
    </div>
  );
}
