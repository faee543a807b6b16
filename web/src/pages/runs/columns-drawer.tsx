import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { runColumns, type Scope } from '../../api/run-columns.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FindField } from '../../components/find-field.tsx';
import { count } from '../../components/format.ts';
import { text } from '../../text/runs.ts';
import type { ColumnRef } from './run-query.ts';

interface ColumnsDrawerProps {
  readonly scope: Scope;
  readonly shown: readonly ColumnRef[];
  readonly onChange: (columns: readonly ColumnRef[] | undefined) => void;
  readonly onClose: () => void;
}

const attributes = ['user_id', 'source', 'dataset', 'models', 'end_time'];

/** Which columns the table shows: searched on the server, since runs may have thousands of keys. */
export function ColumnsDrawer({ scope, shown, onChange, onClose }: ColumnsDrawerProps) {
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
  const names = new Set(shown.map(({ name }) => name));
  const toggle = (changed: readonly string[], on: boolean): void => {
    if (on) {
      const added = changed.filter((name) => !names.has(name));
      onChange([...shown, ...added.map((name): ColumnRef => ({ name, aggregate: 'last' }))]);
    } else onChange(shown.filter(({ name }) => !changed.includes(name)));
  };
  return (
    <Dialog kind="drawer" title={text.columnsMenu} onClose={onClose}>
      <FindField label={text.columnsHint} value={typed} onType={setTyped} />
      <div className="row-of">
        <Button
          onClick={() => {
            onChange(undefined);
          }}
        >
          {text.resetColumns}
        </Button>
        <Button
          onClick={() => {
            onChange([]);
          }}
        >
          {text.hideAll}
        </Button>
      </div>
      {groups.map(({ kind, keys, total }) => {
        const all = keys.map((key) => `${kind}.${key}`);
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
                  checked={names.has(`${kind}.${key}`)}
                  onChange={(event) => {
                    toggle([`${kind}.${key}`], event.target.checked);
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
