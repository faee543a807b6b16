import { Link } from '@tanstack/react-router';
import { runNameOf } from '../../api/run-name.ts';
import type { TableRow } from '../../api/run-table.ts';
import { IconButton } from '../../components/button.tsx';
import { CutName, isLongName } from '../../components/cut-name.tsx';
import { count } from '../../components/format.ts';
import { Icon } from '../../components/icon.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { statusText } from '../../text/run-status.ts';
import { text as cells } from '../../text/run-cells.ts';
import { text } from '../../text/runs.ts';
import type { DotLook } from './use-run-colours.ts';

interface RunNameCellProps {
  readonly row: TableRow;
  /** Undefined where children are not shown below their parents. */
  readonly onExpand: ((row: TableRow) => void) | undefined;
  readonly pinned: boolean;
  readonly isBaseline: boolean;
  readonly look: DotLook;
  readonly onColour: (row: TableRow) => void;
  /** Before the run's page opens. */
  readonly onLeave: () => void;
}

/** State, nesting and name of a run: the first column, always in view. */
export function RunNameCell({ row, onExpand, pinned, isBaseline, look, onColour, onLeave }: RunNameCellProps) {
  // A pinned run is left out of the list, unless its children stand below it.
  const repeated = pinned && row.child_count > 0;
  const name = runNameOf(row);
  const note = repeated ? cells.pinnedAbove : row.matched ? undefined : text.notMatched;
  const title = note === undefined ? name : `${name} (${note})`;
  return (
    <span className="run-name" style={row.depth > 0 ? { paddingLeft: row.depth * 16 } : undefined}>
      {onExpand && row.child_count === 0 && row.depth > 0 && <span className="run-leaf" />}
      {onExpand && row.child_count > 0 && (
        <IconButton
          className="run-expand"
          icon={row.expanded ? 'down' : 'right'}
          label={row.expanded ? text.collapse : text.expand}
          tabIndex={-1}
          onClick={() => {
            onExpand(row);
          }}
        />
      )}
      <button
        type="button"
        tabIndex={-1}
        className="dot-button"
        aria-haspopup="dialog"
        aria-label={cells.colour(name)}
        title={look.meaning ?? cells.colour(name)}
        onClick={() => {
          onColour(row);
        }}
      >
        <i className={look.colour === undefined ? 'dot empty' : 'dot'} style={{ background: look.colour }} />
      </button>
      <StatusIcon kind={row.status} label={statusText(row.status)} />
      <Link
        to="/experiments/$experimentId/runs/$runId"
        params={{ experimentId: row.experiment_id, runId: row.run_id }}
        className={note === undefined ? 'ellipsis' : 'ellipsis unmatched'}
        aria-label={name}
        title={title}
        tabIndex={-1}
        onClick={onLeave}
      >
        {isLongName(name) ? <CutName name={name} title={title} /> : name}
      </Link>
      {row.child_count > 0 && (
        <span className="dim" title={text.children(count(row.child_count))}>
          {count(row.child_count)}
        </span>
      )}
      {isBaseline && <span className="chip">{text.baselineMark}</span>}
      {pinned && <Icon name="pin" />}
    </span>
  );
}
