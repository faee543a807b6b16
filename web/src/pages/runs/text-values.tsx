import { useState } from 'react';
import { quoted } from '../../api/filter-text.ts';
import type { ColumnValues } from '../../api/run-columns.ts';
import { Button } from '../../components/button.tsx';
import { FindField } from '../../components/find-field.tsx';
import { count } from '../../components/format.ts';
import { text } from '../../text/runs.ts';
import { listedValues } from './listed-values.ts';
import { columnInFilter, type ColumnRef } from './run-query.ts';

interface TextValuesProps {
  readonly column: ColumnRef;
  readonly data: ColumnValues;
  /** Gets clauses of the filter grammar. */
  readonly onApply: (clauses: readonly string[]) => void;
}

/** One value, or a part of it: the grammar has neither sets nor ranges of texts, which params are even as numbers. */
export function TextValues({ column, data, onApply }: TextValuesProps) {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string>();
  const name = columnInFilter(column.name);
  const wanted = typed.toLowerCase();
  const values = listedValues(data).filter(({ value }) => value.toLowerCase().includes(wanted));
  const clause = chosen === undefined ? `${name} ILIKE ${quoted(`%${typed}%`)}` : `${name} = ${quoted(chosen)}`;
  const unlisted = (data.distinct ?? 0) - (data.values ?? []).length;
  return (
    <form
      className="column-filter"
      onSubmit={(event) => {
        event.preventDefault();
        onApply([clause]);
      }}
    >
      <FindField
        label={text.contains}
        value={typed}
        onType={(next) => {
          setTyped(next);
          setChosen(undefined);
        }}
      />
      <div className="value-list">
        {values.map(({ value, shown, runs }) => (
          <label key={value} className="check">
            <input
              type="radio"
              name="value"
              checked={chosen === value}
              onChange={() => {
                setChosen(value);
              }}
            />
            <span className="ellipsis mono" title={value}>
              {shown}
            </span>
            <span className="dim">{count(runs)}</span>
          </label>
        ))}
      </div>
      {unlisted > 0 && <p className="dim">{text.unlistedValues(count(unlisted))}</p>}
      <div className="actions">
        <Button type="submit" kind="primary" disabled={chosen === undefined && typed === ''}>
          {text.apply}
        </Button>
      </div>
    </form>
  );
}
