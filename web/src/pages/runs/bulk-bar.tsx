import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { bringBackRun, forEachRun, removeRun, renameRun, tagRun, untagRun } from '../../api/run-changes.ts';
import { runsKey, type TableRow } from '../../api/run-table.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { count } from '../../components/format.ts';
import { showFailure, showToast } from '../../components/toast.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/runs.ts';
import { downloadRuns } from './download-runs.ts';
import type { ColumnRef } from './run-query.ts';

interface BulkBarProps {
  readonly ids: readonly string[];
  readonly experimentIds: readonly string[];
  readonly deleted: boolean;
  readonly matched: number;
  readonly columns: readonly ColumnRef[];
  readonly rowsOf: (ids: readonly string[]) => Promise<readonly TableRow[]>;
  readonly onSelectAll: () => void;
  readonly onClear: () => void;
  readonly onPin: () => void;
  readonly onBaseline: (id: string) => void;
}

type Asking = 'tag' | 'untag' | 'rename' | undefined;

/** What can be done with the runs that are selected. */
export function BulkBar(props: BulkBarProps) {
  const { ids, deleted, matched, onSelectAll, onClear } = props;
  const client = useQueryClient();
  const [asking, setAsking] = useState<Asking>();
  const [progress, setProgress] = useState<number>();

  const change = async (of: readonly string[], each: (id: string) => Promise<unknown>, done: Done): Promise<void> => {
    setAsking(undefined);
    setProgress(0);
    const { failed } = await forEachRun(of, each, setProgress);
    setProgress(undefined);
    await client.invalidateQueries({ queryKey: runsKey(props.experimentIds) });
    if (failed[0]) showFailure(failed[0].error);
    const changed = of.filter((id) => !failed.some((failure) => failure.id === id));
    if (changed.length > 0) done(changed);
  };
  const remove = (of: readonly string[]): Promise<void> =>
    change(of, removeRun, (done) => {
      onClear();
      showToast({
        message: text.deletedToast(count(done.length)),
        action: { label: common.undo, run: () => void restore(done) },
      });
    });
  const restore = (of: readonly string[]): Promise<void> =>
    change(of, bringBackRun, (done) => {
      onClear();
      showToast({ message: text.restoredToast(count(done.length)) });
    });
  const changed: Done = (done) => {
    showToast({ message: text.taggedToast(count(done.length)) });
  };
  const copyIds = (): void => {
    navigator.clipboard.writeText(ids.join('\n')).then(
      () => {
        showToast({ message: common.copied });
      },
      () => {
        showFailure(new Error(common.cannotCopy));
      },
    );
  };
  const download = (kind: 'csv' | 'json'): void => {
    props.rowsOf(ids).then((rows) => {
      downloadRuns(rows, props.columns, kind);
    }, showFailure);
  };

  return (
    <div className="bulk-bar" role="toolbar" aria-label={text.selected(count(ids.length))}>
      <strong>{text.selected(count(ids.length))}</strong>
      {ids.length < matched && (
        <Button kind="quiet" onClick={onSelectAll}>
          {text.selectAllMatching(count(matched))}
        </Button>
      )}
      {deleted ? (
        <Button icon="undo" onClick={() => void restore(ids)}>
          {text.bulkRestore}
        </Button>
      ) : (
        <>
          <Button icon="trash" onClick={() => void remove(ids)}>
            {text.bulkDelete}
          </Button>
          {ids.length === 1 && (
            <Button icon="pencil" onClick={() => setAsking('rename')}>
              {text.bulkRename}
            </Button>
          )}
          <Button icon="tag" onClick={() => setAsking('tag')}>
            {text.bulkTag}
          </Button>
          <Button onClick={() => setAsking('untag')}>{text.bulkUntag}</Button>
          {ids.length === 1 && (
            <Button
              onClick={() => {
                props.onBaseline(ids[0] ?? '');
              }}
            >
              {text.baseline}
            </Button>
          )}
          <Button icon="pin" onClick={props.onPin}>
            {text.pinnedRows}
          </Button>
        </>
      )}
      <Button icon="copy" onClick={copyIds}>
        {text.copyIds}
      </Button>
      <Button icon="download" onClick={() => download('csv')}>
        {text.downloadCsv}
      </Button>
      <Button onClick={() => download('json')}>{text.downloadJson}</Button>
      <span className="spacer" />
      {progress !== undefined && <span role="status">{text.progress(count(progress), count(ids.length))}</span>}
      <Button kind="quiet" icon="close" onClick={onClear}>
        {text.clearSelection}
      </Button>
      {asking === 'tag' && (
        <AskDialog title={text.bulkTag} fields={[text.tagKey, text.tagValue]} onClose={() => setAsking(undefined)}>
          {([key = '', value = '']) => void change(ids, (id) => tagRun(id, key, value), changed)}
        </AskDialog>
      )}
      {asking === 'untag' && (
        <AskDialog title={text.bulkUntag} fields={[text.tagKey]} onClose={() => setAsking(undefined)}>
          {([key = '']) => void change(ids, (id) => untagRun(id, key), changed)}
        </AskDialog>
      )}
      {asking === 'rename' && (
        <AskDialog title={text.bulkRename} fields={[text.newName]} onClose={() => setAsking(undefined)}>
          {([name = '']) => void change(ids, (id) => renameRun(id, name), changed)}
        </AskDialog>
      )}
    </div>
  );
}

type Done = (changed: readonly string[]) => void;

interface AskDialogProps {
  readonly title: string;
  readonly fields: readonly string[];
  readonly onClose: () => void;
  /** Gets what was typed into the fields. */
  readonly children: (values: readonly string[]) => void;
}

function AskDialog({ title, fields, onClose, children }: AskDialogProps): ReactNode {
  const [values, setValues] = useState<readonly string[]>(fields.map(() => ''));
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          children(values);
        }}
      >
        {fields.map((field, i) => (
          <label key={field} className="field">
            {field}
            <input
              value={values[i]}
              required={i === 0}
              onChange={(event) => {
                setValues(values.map((value, other) => (other === i ? event.target.value : value)));
              }}
            />
          </label>
        ))}
        <div className="actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" kind="primary">
            {common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
