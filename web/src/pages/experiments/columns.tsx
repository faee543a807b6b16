import { Link } from '@tanstack/react-router';
import type { ListedExperiment } from '../../api/experiments.ts';
import { IconButton } from '../../components/button.tsx';
import { count } from '../../components/format.ts';
import type { GridColumn } from '../../components/grid/grid-types.ts';
import { Icon } from '../../components/icon.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { Time } from '../../components/time.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/experiments.ts';
import { statusText } from '../../text/run-status.ts';
import type { ListState } from './list-state.ts';
import { setStarred } from './stars.ts';
import type { FolderRow, ListRow } from './tree.ts';

export interface RowActions {
  readonly onFold: (folder: FolderRow) => void;
  readonly onDetails: (experiment: ListedExperiment) => void;
  readonly onRename: (experiment: ListedExperiment) => void;
  readonly onDelete: (experiments: readonly ListedExperiment[]) => void;
  readonly onRestore: (experiments: readonly ListedExperiment[]) => void;
  readonly onErase: (experiment: ListedExperiment) => void;
}

const widths = {
  name: 320,
  runs: 76,
  running: 84,
  newest: 160,
  last_activity: 128,
  creation_time: 128,
  tags: 180,
  description: 140,
};
const shownTags = 2;

/** @param room pixels that the table has, the description gets what the others leave */
export function columnsOf(
  state: ListState,
  starred: ReadonlySet<string>,
  actions: RowActions,
  room: number,
): GridColumn<ListRow>[] {
  const small = room < 600;
  const name = small ? 220 : widths.name;
  const all = Object.values(widths).reduce((sum, width) => sum + width, 0);
  const others = all - widths.name + name - widths.description;
  const { columns } = text;
  const sorted = (key: keyof typeof widths) => ({
    key,
    width: widths[key],
    sort: state.order === key ? { descending: !state.ascending, place: 0 } : undefined,
  });
  return [
    {
      ...sorted('name'),
      title: columns.name,
      width: name,
      cell: (row) => <Name row={row} starred={starred} actions={actions} />,
    },
    { ...sorted('runs'), title: columns.runs, align: 'end', cell: (row) => count(sum(row, 'runs')) },
    {
      ...sorted('running'),
      title: columns.running,
      align: 'end',
      cell: (row) => {
        const running = sum(row, 'running');
        return running > 0 && <span className="running-count">{count(running)}</span>;
      },
    },
    {
      key: 'newest',
      title: columns.newest,
      width: widths.newest,
      sortable: false,
      cell: (row) => row.kind === 'experiment' && <NewestRun experiment={row.experiment} />,
    },
    { ...sorted('last_activity'), title: columns.activity, cell: (row) => <Time at={latest(row)} /> },
    {
      ...sorted('tags'),
      title: columns.tags,
      cell: (row) => row.kind === 'experiment' && <Tags tags={row.experiment.tags} />,
    },
    {
      ...sorted('description'),
      title: columns.description,
      width: Math.max(widths.description, room - others - 34 - 2),
      cell: (row) =>
        row.kind === 'experiment' && (
          <span title={row.experiment.description}>{firstLine(row.experiment.description)}</span>
        ),
    },
    {
      ...sorted('creation_time'),
      title: columns.created,
      cell: (row) => row.kind === 'experiment' && <Time at={row.experiment.created} />,
    },
  ];
}

function sum(row: ListRow, key: 'runs' | 'running'): number {
  if (row.kind === 'experiment') return row.experiment[key];
  return row.experiments.reduce((total, experiment) => total + experiment[key], 0);
}

function latest(row: ListRow): number {
  if (row.kind === 'experiment') return row.experiment.lastActivity;
  return row.experiments.reduce((last, { lastActivity }) => Math.max(last, lastActivity), 0);
}

/** The first line that says something, without the marks of a heading. */
function firstLine(description: string): string {
  const line = description.split('\n', 20).find((one) => one.trim() !== '') ?? '';
  return line.replace(/^\s*#+\s*/, '').slice(0, 300);
}

/** The keyboard's way to what stands in a row leads over selecting it: one stop of the Tab key for the whole table. */
const offTab = { tabIndex: -1 } as const;

function Star({ id, on }: { id: string; on: boolean }) {
  return (
    <IconButton
      {...offTab}
      className={on ? 'star on' : 'star'}
      icon="star"
      label={on ? text.unstar : text.star}
      aria-pressed={on}
      onClick={() => {
        setStarred([id], !on);
      }}
    />
  );
}

interface NameProps {
  readonly row: ListRow;
  readonly starred: ReadonlySet<string>;
  readonly actions: RowActions;
}

const indent = 18;

function Name({ row, starred, actions }: NameProps) {
  if (row.kind === 'folder') {
    return (
      <button
        {...offTab}
        type="button"
        className="folder"
        style={{ marginLeft: row.depth * indent }}
        aria-expanded={row.open}
        aria-label={row.open ? text.closeFolder(row.path) : text.openFolder(row.path)}
        onClick={() => {
          actions.onFold(row);
        }}
      >
        <Icon name={row.open ? 'down' : 'right'} />
        <span className="ellipsis">{row.label}</span>
      </button>
    );
  }
  const { id, name, deleted } = row.experiment;
  return (
    <span className="experiment-name" style={{ marginLeft: row.depth * indent }}>
      {!deleted && <Star id={id} on={starred.has(id)} />}
      {deleted ? (
        <span className="ellipsis" title={name}>
          {row.label}
        </span>
      ) : (
        <Link {...offTab} title={name} to="/experiments/$experimentId/runs" params={{ experimentId: id }}>
          {row.label}
        </Link>
      )}
      <span className="spacer" />
      <RowMenu experiment={row.experiment} actions={actions} />
    </span>
  );
}

function NewestRun({ experiment: { id, newest } }: { experiment: ListedExperiment }) {
  if (!newest) return null;
  return (
    <span className="newest-run">
      <StatusIcon kind={newest.status} label={statusText(newest.status)} />
      <Link
        {...offTab}
        className="ellipsis"
        title={newest.name}
        to="/experiments/$experimentId/runs/$runId"
        params={{ experimentId: id, runId: newest.id }}
      >
        {newest.name}
      </Link>
    </span>
  );
}

function Tags({ tags }: { tags: ListedExperiment['tags'] }) {
  if (tags.length === 0) return null;
  const all = tags.map(({ key, value }) => `${key}: ${value}`);
  return (
    <span className="tag-list" title={all.join('\n').slice(0, 2000)}>
      {tags.slice(0, shownTags).map(({ key, value }) => (
        <span key={key} className="chip">
          <span className="ellipsis">{value === '' ? key : `${key}: ${value.slice(0, 60)}`}</span>
        </span>
      ))}
      {tags.length > shownTags && <span className="dim">{text.moreTags(tags.length - shownTags)}</span>}
    </span>
  );
}

function RowMenu({ experiment, actions }: { experiment: ListedExperiment; actions: RowActions }) {
  return (
    <Menu {...offTab} icon="more" label={text.moreOf(experiment.name)}>
      <MenuItem icon="file" onSelect={() => actions.onDetails(experiment)}>
        {text.details}
      </MenuItem>
      {experiment.deleted ? (
        <>
          <MenuItem icon="undo" onSelect={() => actions.onRestore([experiment])}>
            {common.restore}
          </MenuItem>
          <MenuItem icon="trash" danger onSelect={() => actions.onErase(experiment)}>
            {text.erase.open}
          </MenuItem>
        </>
      ) : (
        <>
          <MenuItem icon="pencil" onSelect={() => actions.onRename(experiment)}>
            {common.rename}
          </MenuItem>
          <MenuItem icon="trash" danger onSelect={() => actions.onDelete([experiment])}>
            {common.delete}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
