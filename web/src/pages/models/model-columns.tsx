import { modelOrders, type Model, type ModelOrder } from '../../api/models.ts';
import { count } from '../../components/format.ts';
import type { GridColumn } from '../../components/grid/grid-types.ts';
import { Time } from '../../components/time.tsx';
import { text } from '../../text/models.ts';
import { AliasChip, few, StageChip, TagChips } from './chips.tsx';
import { RowLink } from './row-link.tsx';

type ModelColumn = Omit<GridColumn<Model>, 'sort' | 'sortable'>;

const columns: readonly ModelColumn[] = [
  {
    key: 'name',
    title: text.columns.name,
    width: 240,
    cell: ({ name }) => (
      <RowLink name={name} title={name}>
        {name}
      </RowLink>
    ),
  },
  {
    key: 'latest_version',
    title: text.columns.latest_version,
    width: 84,
    align: 'end',
    cell: ({ name, latest_version: version }) =>
      version !== undefined && (
        <RowLink name={name} version={version}>
          {version}
        </RowLink>
      ),
  },
  {
    key: 'aliases',
    title: text.columns.aliases,
    width: 190,
    cell: ({ name, aliases }) => (
      <span className="chips">
        {few(aliases, 2, (alias) => (
          <AliasChip key={alias.alias} name={name} {...alias} />
        ))}
      </span>
    ),
  },
  {
    key: 'stages',
    title: text.columns.stages,
    width: 110,
    cell: ({ name, stages }) => (
      <span className="chips">
        {few(stages, 1, (staged) => (
          <StageChip key={staged.version} name={name} {...staged} />
        ))}
      </span>
    ),
  },
  {
    key: 'tags',
    title: text.columns.tags,
    width: 146,
    cell: ({ tags }) => (
      <span className="chips">
        <TagChips tags={tags} />
      </span>
    ),
  },
  {
    key: 'last_modified',
    title: text.columns.last_modified,
    width: 128,
    cell: (model) => <Time at={model.last_updated_timestamp} />,
  },
  {
    key: 'version_count',
    title: text.columns.version_count,
    width: 80,
    align: 'end',
    cell: (model) => count(model.version_count),
  },
  {
    key: 'description',
    title: text.columns.description,
    width: 140,
    cell: ({ description }) => <span className="dim">{description}</span>,
  },
  {
    key: 'creation_time',
    title: text.columns.creation_time,
    width: 128,
    cell: (model) => <Time at={model.creation_timestamp} />,
  },
];

export function isModelOrder(key: string): key is ModelOrder {
  return (modelOrders as readonly string[]).includes(key);
}

export function modelColumns(order: ModelOrder, ascending: boolean): readonly GridColumn<Model>[] {
  return columns.map((column) => ({
    ...column,
    sortable: isModelOrder(column.key),
    ...(column.key === order ? { sort: { descending: !ascending, place: 0 } } : {}),
  }));
}
