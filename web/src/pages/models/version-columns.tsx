import type { StagedVersion, VersionRow } from '../../api/models.ts';
import { IconButton } from '../../components/button.tsx';
import { shortNumber } from '../../components/format.ts';
import type { GridColumn } from '../../components/grid/grid-types.ts';
import { Time } from '../../components/time.tsx';
import { text } from '../../text/models.ts';
import { few, OwnAlias, TagChips } from './chips.tsx';
import { RowLink } from './row-link.tsx';
import { RunLink } from './run-link.tsx';
import type { Sorting } from '../../components/grid/sorting.ts';
import { StageMenu } from './stage-menu.tsx';

interface VersionColumns {
  readonly name: string;
  readonly staged: readonly StagedVersion[];
  readonly metrics: readonly string[];
  readonly sorting: Sorting;
  readonly onAliases: (version: string) => void;
}

export function versionColumns({
  name,
  staged,
  metrics,
  sorting,
  onAliases,
}: VersionColumns): GridColumn<VersionRow>[] {
  const columns: GridColumn<VersionRow>[] = [
    {
      key: 'version',
      title: text.columns.version,
      width: 116,
      cell: ({ version, status, status_message: message }) => (
        <>
          <RowLink name={name} version={version}>
            {text.version(version)}
          </RowLink>
          {status !== 'READY' && (
            <span className="page-warn" title={message}>
              {' '}
              {text.status[status]}
            </span>
          )}
        </>
      ),
    },
    {
      key: 'aliases',
      title: text.columns.aliases,
      width: 250,
      sortable: false,
      cell: ({ version, aliases }) => (
        <span className="chips">
          {few(aliases, 2, (alias) => (
            <OwnAlias key={alias} alias={alias} />
          ))}
          <IconButton
            icon={aliases.length > 0 ? 'pencil' : 'plus'}
            className="in-cell"
            tabIndex={-1}
            label={text.editAliases(version)}
            onClick={() => {
              onAliases(version);
            }}
          />
        </span>
      ),
    },
    {
      key: 'stage',
      title: text.columns.stage,
      width: 136,
      cell: ({ version, stage }) => <StageMenu name={name} version={version} stage={stage} staged={staged} />,
    },
    ...metrics.map((key, i): GridColumn<VersionRow> => ({
      key: `metrics.${key}`,
      title: key,
      width: 110,
      align: 'end',
      cell: ({ metrics: values }) => <MetricCell value={values[i]} />,
    })),
    {
      key: 'run',
      title: text.columns.run,
      width: 180,
      sortable: false,
      cell: ({ run }) => <RunLink run={run} tabIndex={-1} />,
    },
    {
      key: 'tags',
      title: text.columns.tags,
      width: 180,
      sortable: false,
      cell: ({ tags }) => (
        <span className="chips">
          <TagChips tags={tags} />
        </span>
      ),
    },
    {
      key: 'description',
      title: text.columns.description,
      width: 240,
      sortable: false,
      cell: ({ description }) => <span className="dim">{description.slice(0, 250)}</span>,
    },
    {
      key: 'creation_time',
      title: text.columns.creation_time,
      width: 130,
      cell: (version) => <Time at={version.creation_timestamp} />,
    },
    {
      key: 'user',
      title: text.columns.user,
      width: 110,
      sortable: false,
      cell: ({ user_id: user }) => user,
    },
  ];
  return columns.map((column) =>
    column.key === sorting.key ? { ...column, sort: { descending: !sorting.ascending, place: 0 } } : column,
  );
}

function MetricCell({ value }: { value: VersionRow['metrics'][number] | undefined }) {
  if (value === null || value === undefined) return undefined;
  return <span title={String(value)}>{shortNumber(Number(value))}</span>;
}
