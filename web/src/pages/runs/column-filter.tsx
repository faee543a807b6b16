import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { columnValues, type ColumnValues, type Scope } from '../../api/run-columns.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { count, shortNumber } from '../../components/format.ts';
import { Failed, Loading } from '../../components/page.tsx';
import { text } from '../../text/runs.ts';
import { columnInFilter, type ColumnRef } from './run-query.ts';
import { TextValues, type ColumnPartProps } from './text-values.tsx';
import { ValueHistogram } from './value-histogram.tsx';

interface ColumnFilterProps {
  readonly column: ColumnRef;
  readonly scope: Scope;
  /** Gets clauses of the filter grammar. */
  readonly onApply: (clauses: readonly string[]) => void;
  readonly onClose: () => void;
}

/** Narrows the table by the values of one column; what is chosen is written into the filter box. */
export function ColumnFilter({ column, scope, onApply, onClose }: ColumnFilterProps) {
  const { data, error } = useQuery(columnValues(scope, column.name));
  const numbers = data?.kind === 'number';
  // Params are chosen by their values too: grids have few.
  const listed = !numbers || column.name.startsWith('params.');
  return (
    <Dialog title={text.valuesOf(column.name)} onClose={onClose}>
      {error ? <Failed error={error} /> : !data ? <Loading /> : null}
      {data && numbers && <NumberRange column={column} data={data} onApply={onApply} />}
      {data && listed && <TextValues column={column} data={data} onApply={onApply} />}
      {data && numbers && (data.nan ?? 0) > 0 && <p className="dim">{text.notFinite(count(data.nan ?? 0))}</p>}
      {data !== undefined && (data.missing ?? 0) > 0 && <p className="dim">{text.missing(count(data.missing ?? 0))}</p>}
    </Dialog>
  );
}

function NumberRange({ column, data, onApply }: ColumnPartProps) {
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const bins = data.bins ?? [];
  const name = columnInFilter(column.name);
  const clauses = [
    ...(from !== '' && Number.isFinite(Number(from)) ? [`${name} >= ${from}`] : []),
    ...(to !== '' && Number.isFinite(Number(to)) ? [`${name} <= ${to}`] : []),
  ];
  return (
    <form
      className="column-filter"
      onSubmit={(event) => {
        event.preventDefault();
        onApply(clauses);
      }}
    >
      <ValueHistogram
        bins={bins}
        chosen={bins.findIndex((bin) => String(bin.from) === from && String(bin.to) === to)}
        onChoose={(bin) => {
          setFrom(String(bin.from));
          setTo(String(bin.to));
        }}
      />
      {reachFar(bins) && <p className="dim">{text.outliers(shortNumber(data.min ?? 0), shortNumber(data.max ?? 0))}</p>}
      <div className="row-of">
        <label>
          {text.from}{' '}
          <input
            inputMode="decimal"
            placeholder={shortNumber(data.min ?? 0)}
            value={from}
            onChange={(event) => {
              setFrom(event.target.value.trim());
            }}
          />
        </label>
        <label>
          {text.to}{' '}
          <input
            inputMode="decimal"
            placeholder={shortNumber(data.max ?? 0)}
            value={to}
            onChange={(event) => {
              setTo(event.target.value.trim());
            }}
          />
        </label>
        <Button type="submit" kind="primary" disabled={clauses.length === 0}>
          {text.apply}
        </Button>
      </div>
    </form>
  );
}

/** Whether the first or the last bar takes in outliers: it is wider than its neighbours, by more than rounding. */
function reachFar(bins: NonNullable<ColumnValues['bins']>): boolean {
  const width = (at: number): number => (bins.at(at)?.to ?? 0) / 2 - (bins.at(at)?.from ?? 0) / 2;
  return bins.length > 2 && Math.max(width(0), width(-1)) > 2 * width(1);
}
