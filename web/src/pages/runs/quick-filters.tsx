import { useQuery } from '@tanstack/react-query';
import { runColumns, type Scope } from '../../api/run-columns.ts';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { text } from '../../text/runs.ts';
import { quoted } from '../../api/filter-text.ts';

const day = 86_400_000;
const mostNames = 12;

/** Clauses that people need daily, written into the filter box for them. */
interface QuickFiltersProps {
  readonly scope: Scope;
  readonly onAdd: (clause: string) => void;
}

export function QuickFilters(props: QuickFiltersProps) {
  return (
    <Menu icon="filter" label={text.addFilter}>
      <Choices {...props} />
    </Menu>
  );
}

/** Made, and the datasets and models asked for, when the menu opens. */
function Choices({ scope, onAdd }: QuickFiltersProps) {
  const { data } = useQuery(runColumns(scope.experiment_ids, scope.view_type));
  const datasets = [...new Set((data?.datasets ?? []).map(({ name = '' }) => name))].slice(0, mostNames);
  const models = (data?.models ?? []).slice(0, mostNames);
  const since = (days: number): string =>
    `attributes.start_time > ${Math.floor(Date.now() / 60_000) * 60_000 - days * day}`;
  const choices: readonly (readonly [string, () => string])[] = [
    [text.quick.running, () => "attributes.status = 'RUNNING'"],
    [text.quick.finished, () => "attributes.status = 'FINISHED'"],
    [text.quick.failed, () => "attributes.status = 'FAILED'"],
    [text.quick.killed, () => "attributes.status = 'KILLED'"],
    [text.quick.day, () => since(1)],
    [text.quick.week, () => since(7)],
    [text.quick.month, () => since(30)],
    ...datasets.map((name) => [text.quick.dataset(name), () => `dataset.name = ${quoted(name)}`] as const),
    ...models.map((name) => [text.quick.model(name), () => `attributes.models = ${quoted(name)}`] as const),
  ];
  return (
    <>
      {choices.map(([label, clause]) => (
        <MenuItem
          key={label}
          onSelect={() => {
            onAdd(clause());
          }}
        >
          {label}
        </MenuItem>
      ))}
    </>
  );
}
