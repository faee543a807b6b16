/** Fields of the dialog of a card. */
import { useEffect, useId, useState, type ReactNode } from 'react';
import { text } from '../../text/chart-marks.ts';
import type { KnownColumns } from './card-kind.ts';

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
}

interface ColumnFieldProps extends FieldProps {
  readonly value: string;
  readonly known: KnownColumns;
  /** Params alone, metrics alone; both by default. */
  readonly of?: 'metrics' | 'params';
  /** When a run began and how long it took, too. */
  readonly attributes?: boolean;
  /** Empty: none. */
  readonly onChange: (column: string) => void;
}

const column = /^(?:metrics|params|attributes|tags)\../s;

/** A column by its name, with those of the runs to choose from: there may be thousands. */
export function ColumnField({ label, hint, value, known, of, attributes = false, onChange }: ColumnFieldProps) {
  const id = useId();
  const [typed, setTyped] = useState(value);
  useEffect(() => {
    setTyped(value);
  }, [value]);
  const columns = [
    ...(of === 'params' ? [] : known.metrics.map((key) => `metrics.${key}`)),
    ...(of === 'metrics' ? [] : known.params.map((key) => `params.${key}`)),
    ...(attributes ? ['attributes.start_time', 'attributes.duration', 'attributes.status'] : []),
  ];
  const isWrong = typed !== '' && !column.test(typed);
  const take = (next: string): void => {
    if (next !== value && (next === '' || column.test(next))) onChange(next);
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        list={`${id}-columns`}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={isWrong}
        aria-describedby={`${id}-note`}
        onChange={(event) => {
          setTyped(event.target.value);
          // Chosen, or typed to its end; a name that is still being typed would be asked for letter by letter.
          if (columns.includes(event.target.value)) take(event.target.value);
        }}
        onBlur={() => {
          take(typed.trim());
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take(typed.trim());
        }}
      />
      <datalist id={`${id}-columns`}>
        {columns.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <p id={`${id}-note`} role="status" className={isWrong ? 'field-error' : 'dim'}>
        {isWrong ? text.columnHint : hint}
      </p>
    </div>
  );
}

interface ColumnsFieldProps extends Omit<ColumnFieldProps, 'value' | 'onChange'> {
  readonly another: string;
  readonly values: readonly string[];
  readonly most: number;
  readonly onChange: (columns: readonly string[]) => void;
}

/** Several columns; a field that is emptied goes, but never the last one. */
export function ColumnsField({ another, values, most, onChange, ...rest }: ColumnsFieldProps) {
  const shown = values.length < most ? [...values, ''] : values;
  return shown.map((value, place) => (
    <ColumnField
      {...rest}
      key={place}
      label={place === 0 ? rest.label : place < values.length ? `${rest.label} ${place + 1}` : another}
      hint={place === 0 ? rest.hint : undefined}
      value={value}
      onChange={(next) => {
        const columns = shown.map((old, i) => (i === place ? next : old)).filter((one) => one !== '');
        if (columns.length > 0) onChange([...new Set(columns)]);
      }}
    />
  ));
}

interface SelectFieldProps<Value extends string> extends FieldProps {
  readonly value: Value;
  readonly choices: Readonly<Record<Value, string>>;
  readonly onChange: (value: Value) => void;
}

export function SelectField<Value extends string>({ label, hint, value, choices, onChange }: SelectFieldProps<Value>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-describedby={hint === undefined ? undefined : `${id}-note`}
        onChange={(event) => {
          onChange(event.target.value as Value);
        }}
      >
        {Object.entries<string>(choices).map(([name, shown]) => (
          <option key={name} value={name}>
            {shown}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <p id={`${id}-note`} className="dim">
          {hint}
        </p>
      )}
    </div>
  );
}

interface CheckFieldProps {
  readonly children: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function CheckField({ children, checked, onChange }: CheckFieldProps) {
  return (
    <label className="check-field">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => {
          onChange(event.target.checked);
        }}
      />
      {children}
    </label>
  );
}

interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly type?: 'text' | 'number';
  readonly onChange: (value: string) => void;
}

export function TextField({ label, hint, value, type = 'text', onChange }: TextFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        value={value}
        spellCheck={false}
        aria-describedby={hint === undefined ? undefined : `${id}-note`}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      {hint !== undefined && (
        <p id={`${id}-note`} className="dim">
          {hint}
        </p>
      )}
    </div>
  );
}
