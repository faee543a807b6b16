import { useQuery } from '@tanstack/react-query';
import { runColumns, type Scope } from '../../api/run-columns.ts';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { useSmallScreen } from '../../components/use-small-screen.ts';
import { text } from '../../text/runs.ts';
import { titleOf } from './column-title.ts';

interface GroupMenuProps {
  readonly scope: Scope;
  readonly group: readonly string[];
  readonly onChange: (group: readonly string[]) => void;
}

/** How many keys of a kind are offered: those that vary, but not in every run. */
const offered = 100;

export function GroupMenu(props: GroupMenuProps) {
  return (
    <Menu icon="tree" label={text.group} text={useSmallScreen() ? undefined : text.group}>
      <GroupChoices {...props} />
    </Menu>
  );
}

/** Made, and its keys asked for, when the menu opens. */
function GroupChoices({ scope, group, onChange }: GroupMenuProps) {
  const { data } = useQuery(runColumns(scope.experiment_ids, scope.view_type));
  const sampled = data?.sampled_runs ?? 0;
  const groupable = (kind: string, keys: readonly { key?: string | undefined; distinct?: number | undefined }[] = []) =>
    keys
      .filter(({ key = '', distinct = 0 }) => !key.startsWith('mlflow.') && (sampled < 20 || distinct < sampled / 2))
      .slice(0, offered)
      .map(({ key = '' }) => `${kind}.${key}`);
  const names = [
    'attributes.status',
    'attributes.dataset',
    ...groupable('params', data?.params),
    ...groupable('tags', data?.tags),
  ];
  return (
    <>
      <MenuItem
        disabled={group.length === 0}
        onSelect={() => {
          onChange([]);
        }}
      >
        {text.ungroup}
      </MenuItem>
      {[...new Set([...group, ...names])].map((name) => (
        <MenuItem
          key={name}
          checked={group.includes(name)}
          onSelect={() => {
            onChange(group.includes(name) ? group.filter((other) => other !== name) : [...group, name]);
          }}
        >
          {titleOf({ name, aggregate: 'last' })}
        </MenuItem>
      ))}
    </>
  );
}
