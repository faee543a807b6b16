import { useState } from 'react';
import { quoted } from '../../api/filter-text.ts';
import type { ColumnValues } from '../../api/run-columns.ts';
import { Button } from '../../components/button.tsx';
import { FindField } from '../../components/find-field.tsx';
import { count } from '../../components/format.ts';
import { text } from '../../text/runs.ts';
import { listedValues } from './listed-values.ts';
import { columnInFilter, type ColumnRef } from './run-query.ts';

export interface ColumnPartProps {
  readonly column: ColumnRef;
  readonly data: ColumnValues;
  /** Gets clauses of the filter grammar. */
  readonly onApply: (clauses: readonly string[]) => void;
}

/** Some of the values, or a part of them. */
export function TextValues({ column, data, onApply }: ColumnPartProps) {
  const [typed, setTyped] = useState('');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const name = columnInFilter(column.name);
  const wanted = typed.toLowerCase();
  const values = listedValues(data).filter(({ value }) => value.toLowerCase().includes(wanted));
  const [first, ...others] = [...ticked].map(quoted);
  const clause =
    first === undefined
      ? `${name} ILIKE ${quoted(`%${typed}%`)}`
      : others.length === 0
        ? `${name} = ${first}`
        : `${name} IN (${[first, ...others].join(', ')})`;
  const unlisted = (data.distinct ?? 0) - (data.values ?? []).length;
  return (
    <form
      className="column-filter"
      onSubmit={(event) => {
        event.preventDefault();
        onApply([clause]);
      }}
    >
      <FindField label={text.contains} value={typed} onType={setTyped} />
      <div className="value-list">
        {values.map(({ value, shown, runs }) => (
          <label key={value} className="check">
            <input
              type="checkbox"
              checked={ticked.has(value)}
              onChange={({ target }) => {
                const next = new Set(ticked);
                if (target.checked) next.add(value);
                else next.delete(value);
                setTicked(next);
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
        <Button type="submit" kind="primary" disabled={first === undefined && typed === ''}>
          {text.apply}
        </Button>
      </div>
    </form>
  );
}
