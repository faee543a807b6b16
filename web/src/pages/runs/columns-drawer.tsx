import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { runColumns, type Scope } from '../../api/run-columns.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FindField } from '../../components/find-field.tsx';
import { count } from '../../components/format.ts';
import type { UrlValues } from '../../components/url-state.ts';
import { text } from '../../text/runs.ts';
import { optionalColumns, writeColumns, writeList, type ColumnRef } from './run-query.ts';

interface ColumnsDrawerProps {
  readonly scope: Scope;
  readonly shown: readonly ColumnRef[];
  /** Of the columns that stand there without being chosen. */
  readonly leftOut: readonly string[];
  /** What of the address is to change. */
  readonly onChange: (change: UrlValues) => void;
  readonly onClose: () => void;
}

const attributes = [...optionalColumns, 'user_id', 'source', 'dataset', 'models', 'end_time'];

/** No column at all is a choice, and not the same as none made. */
const nothing = ',';

function nameOf(kind: string, key: string): string {
  return kind === 'attributes' && optionalColumns.includes(key) ? key : `${kind}.${key}`;
}

/** Which columns the table shows: searched on the server, since runs may have thousands of keys. */
export function ColumnsDrawer({ scope, shown, leftOut, onChange, onClose }: ColumnsDrawerProps) {
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed.trim());
  const { data } = useQuery({
    ...runColumns(scope.experiment_ids, scope.view_type, wanted),
    placeholderData: keepPreviousData,
  });
  const keysOf = (found: readonly { key?: string | undefined }[] | undefined): string[] =>
    (found ?? []).map(({ key = '' }) => key);
  const groups = [
    { kind: 'attributes', keys: attributes.filter((key) => key.includes(wanted.toLowerCase())), total: 0 },
    { kind: 'metrics', keys: keysOf(data?.metrics), total: data?.metrics_total ?? 0 },
    { kind: 'params', keys: keysOf(data?.params), total: data?.params_total ?? 0 },
    { kind: 'tags', keys: keysOf(data?.tags).filter((key) => wanted !== '' || !key.startsWith('mlflow.')), total: 0 },
  ];
  const names = new Set([
    ...shown.map(({ name }) => name),
    ...optionalColumns.filter((column) => !leftOut.includes(column)),
  ]);
  const toggle = (changed: readonly string[], on: boolean): void => {
    const optional = changed.filter((name) => optionalColumns.includes(name));
    const others = changed.filter((name) => !optional.includes(name));
    const rest = leftOut.filter((name) => !optional.includes(name));
    const added = others.filter((name) => !names.has(name)).map((name): ColumnRef => ({ name, aggregate: 'last' }));
    const next = on ? [...shown, ...added] : shown.filter(({ name }) => !others.includes(name));
    onChange({
      ...(optional.length > 0 && { without: writeList(on ? rest : [...rest, ...optional]) || nothing }),
      ...(others.length > 0 && { columns: writeColumns(next) || nothing }),
    });
  };
  return (
    <Dialog kind="drawer" title={text.columnsMenu} onClose={onClose}>
      <FindField label={text.columnsHint} value={typed} onType={setTyped} />
      <div className="row-of">
        <Button
          onClick={() => {
            onChange({ columns: undefined, without: undefined });
          }}
        >
          {text.resetColumns}
        </Button>
        <Button
          onClick={() => {
            onChange({ columns: nothing, without: writeList(optionalColumns) });
          }}
        >
          {text.hideAll}
        </Button>
      </div>
      {groups.map(({ kind, keys, total }) => {
        const all = keys.map((key) => nameOf(kind, key));
        const allShown = all.every((name) => names.has(name));
        if (all.length === 0) return null;
        return (
          <fieldset key={kind} className="column-group">
            <legend>
              {text.groups[kind]}{' '}
              <button
                type="button"
                className="button quiet"
                onClick={() => {
                  toggle(all, !allShown);
                }}
              >
                {allShown ? text.hideAll : text.showAll}
              </button>
            </legend>
            {keys.map((key) => (
              <label key={key} className="check">
                <input
                  type="checkbox"
                  checked={names.has(nameOf(kind, key))}
                  onChange={(event) => {
                    toggle([nameOf(kind, key)], event.target.checked);
                  }}
                />
                <span className="ellipsis" title={key}>
                  {kind === 'attributes' ? (text.columns[key] ?? key) : key}
                </span>
              </label>
            ))}
            {total > keys.length && <p className="dim">{text.moreKeys(count(total - keys.length))}</p>}
          </fieldset>
        );
      })}
    </Dialog>
  );
}
