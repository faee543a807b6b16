import { useDeferredValue, useMemo, useState } from 'react';
import type { DescribedColumn, DescribedData } from '../../../api/automl-changes.ts';
import { FindField } from '../../../components/find-field.tsx';
import { count } from '../../../components/format.ts';
import { text as form } from '../../../text/automl-form.ts';
import { text } from '../../../text/automl.ts';
import type { SearchDraft } from './draft.ts';
import { SchemaRow } from './schema-row.tsx';

interface DataReadProps {
  readonly data: DescribedData;
  readonly draft: SearchDraft;
  readonly forecasting: boolean;
  readonly onChange: (next: Partial<SearchDraft>) => void;
}

/** Rows of fields, not of text: more of them make a page slow, and nobody reads on. */
const mostRows = 200;

/** The columns as they were read: which are used, which one is predicted, how gaps are filled. */
export function DataRead({ data, draft, forecasting, onChange }: DataReadProps) {
  const { columns, rows, sampled, warnings } = data;
  const [words, setWords] = useState('');
  const wanted = useDeferredValue(words.trim().toLowerCase());
  const found = useMemo(
    () => (wanted === '' ? columns : columns.filter(({ name }) => name.toLowerCase().includes(wanted))),
    [columns, wanted],
  );
  const excluded = new Set(draft.exclude_cols);
  const include = (some: readonly DescribedColumn[], on: boolean): void => {
    const names = new Set(some.map(({ name }) => name));
    const others = draft.exclude_cols.filter((name) => !names.has(name));
    onChange({ exclude_cols: on ? others : [...others, ...names] });
  };
  const used = columns.filter(
    ({ name, unused }) => unused === undefined && !excluded.has(name) && name !== draft.target_col,
  ).length;
  const allOn = found.every(({ name }) => !excluded.has(name) || name === draft.target_col);
  return (
    <section className="page-section" aria-label={form.schema}>
      <h2>{form.schema}</h2>
      <p className="dim" role="status">
        {[
          ...(rows === undefined ? [] : [form.rows(count(rows))]),
          form.columns(count(columns.length)),
          ...(forecasting ? [] : [form.usedColumns(count(used))]),
          ...(sampled ? [form.sampled] : []),
        ].join(' · ')}
      </p>
      {warnings.map((warning) => (
        <p key={warning} className="automl-warning" role="status">
          {warning}
        </p>
      ))}
      {columns.length > 15 && (
        <FindField className="automl-find" label={form.findColumn} value={words} onType={setWords} />
      )}
      <div className="automl-schema" tabIndex={0} role="region" aria-label={form.schema}>
        <table className="page-table">
          <thead>
            <tr>
              <th scope="col">
                <label className="automl-all">
                  <input
                    type="checkbox"
                    checked={allOn}
                    aria-label={form.includeAll}
                    onChange={(event) => {
                      include(found, event.target.checked);
                    }}
                  />
                  {form.include}
                </label>
              </th>
              <th scope="col">{form.target}</th>
              <th scope="col">{text.data.column}</th>
              <th scope="col">{text.data.taken}</th>
              <th scope="col" className="end">
                {text.data.missing}
              </th>
              <th scope="col" className="end">
                {text.data.unique}
              </th>
              <th scope="col">{text.data.examples}</th>
              {!forecasting && <th scope="col">{form.impute}</th>}
            </tr>
          </thead>
          <tbody>
            {found.slice(0, mostRows).map((column) => (
              <SchemaRow
                key={column.name}
                column={column}
                rows={rows}
                draft={draft}
                imputes={!forecasting}
                included={!excluded.has(column.name)}
                onInclude={(on) => {
                  include([column], on);
                }}
                onChange={onChange}
              />
            ))}
          </tbody>
        </table>
      </div>
      {found.length > mostRows && <p className="dim">{form.moreColumns(count(found.length - mostRows))}</p>}
      {found.length === 0 && <p className="dim">{form.noColumn}</p>}
    </section>
  );
}
