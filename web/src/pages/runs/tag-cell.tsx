import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { tagRun } from '../../api/run-changes.ts';
import { runsKey, type TableRow } from '../../api/run-table.ts';
import { showFailure } from '../../components/toast.tsx';
import { text } from '../../text/runs.ts';

interface TagCellProps {
  readonly row: TableRow;
  /** The tag's own key. */
  readonly tag: string;
  readonly value: string;
  readonly experimentIds: readonly string[];
  readonly onDone: () => void;
}

/** A tag edited in its cell: Enter saves, Escape leaves it as it was, a failed save keeps what was typed. */
export function TagCell({ row, tag, value, experimentIds, onDone }: TagCellProps) {
  const client = useQueryClient();
  const [typed, setTyped] = useState(value);
  const ended = useRef(false);
  const end = (): void => {
    ended.current = true;
    onDone();
  };
  const save = async (): Promise<void> => {
    if (ended.current) return;
    if (typed === value) {
      end();
      return;
    }
    try {
      await tagRun(row.run_id, tag, typed);
      await client.invalidateQueries({ queryKey: runsKey(experimentIds) });
      end();
    } catch (error) {
      showFailure(error);
    }
  };
  return (
    <input
      className="tag-input"
      aria-label={text.editTag(tag)}
      autoFocus
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
      }}
      onBlur={() => void save()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') void save();
        else if (event.key === 'Escape') end();
      }}
    />
  );
}
