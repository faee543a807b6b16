import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { tagRun } from '../../api/run-changes.ts';
import { runQuery } from '../../api/run.ts';
import { runsKey, type TableRow } from '../../api/run-table.ts';
import { Button } from '../../components/button.tsx';
import { Popover } from '../../components/popover.tsx';
import { showFailure } from '../../components/toast.tsx';
import { text as common } from '../../text/common.ts';
import { text as cells } from '../../text/run-cells.ts';
import { text } from '../../text/runs.ts';

interface TagCellProps {
  readonly row: TableRow;
  /** The tag's own key. */
  readonly tag: string;
  /** As the table has it: long ones are cut. */
  readonly value: string;
  readonly experimentIds: readonly string[];
  readonly onDone: () => void;
}

/** The table cuts values somewhat further on. */
const surelyWhole = 400;

/** A tag edited in its cell; one that is long or of several lines in a layer below it. */
export function TagCell(props: TagCellProps) {
  const { value } = props;
  const [anchor, setAnchor] = useState<Element | null>(null);
  if (value.length <= surelyWhole && !/[\r\n]/.test(value)) return <LineField {...props} />;
  return (
    <span ref={setAnchor} className="tag-anchor">
      {value.slice(0, 200)}
      {anchor && <LongField {...props} anchor={anchor} />}
    </span>
  );
}

/** A failed save keeps what was typed. */
function useSave({ row, tag, experimentIds, onDone }: TagCellProps) {
  const client = useQueryClient();
  const ended = useRef(false);
  const end = (): void => {
    ended.current = true;
    onDone();
  };
  const save = async (typed: string, before: string): Promise<void> => {
    if (ended.current) return;
    if (typed === before) {
      end();
      return;
    }
    try {
      await tagRun(row.run_id, tag, typed);
      await Promise.all([
        client.invalidateQueries({ queryKey: runsKey(experimentIds) }),
        client.invalidateQueries({ queryKey: ['run', row.run_id] }),
      ]);
      end();
    } catch (error) {
      showFailure(error);
    }
  };
  return { save, end };
}

/** Enter saves, Escape leaves it as it was. */
function LineField(props: TagCellProps) {
  const { tag, value } = props;
  const { save, end } = useSave(props);
  const [typed, setTyped] = useState(value);
  return (
    <input
      className="tag-input"
      aria-label={text.editTag(tag)}
      autoFocus
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
      }}
      onBlur={() => void save(typed, value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') void save(typed, value);
        else if (event.key === 'Escape') end();
      }}
    />
  );
}

/** The whole value is read first: to save what the table shows would cut it. A press elsewhere saves. */
function LongField(props: TagCellProps & { readonly anchor: Element }) {
  const { row, tag, value, anchor } = props;
  const { save, end } = useSave(props);
  const { data, error, isFetchedAfterMount } = useQuery({ ...runQuery(row.run_id), staleTime: 0 });
  const whole = isFetchedAfterMount ? data?.tags.get(tag) : undefined;
  const [edited, setEdited] = useState<string>();
  const typed = edited ?? whole;
  const finish = (): void => {
    if (whole === undefined || typed === undefined) end();
    else void save(typed, whole);
  };
  return (
    <Popover
      label={text.editTag(tag)}
      anchor={anchor}
      onClose={(how) => {
        if (how === 'escape') end();
        else finish();
      }}
    >
      <form
        className="tag-form"
        onSubmit={(event) => {
          event.preventDefault();
          finish();
        }}
      >
        <textarea
          aria-label={text.editTag(tag)}
          rows={10}
          cols={70}
          readOnly={whole === undefined}
          aria-busy={whole === undefined && !error}
          value={typed ?? value}
          onChange={(event) => {
            setEdited(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) finish();
          }}
        />
        <div className="row-of">
          <Button type="submit" kind="primary" disabled={whole === undefined}>
            {common.save}
          </Button>
          <Button onClick={end}>{common.cancel}</Button>
          {error ? <span className="wrong">{error.message}</span> : <span className="dim">{cells.saveKeys}</span>}
        </div>
      </form>
    </Popover>
  );
}
