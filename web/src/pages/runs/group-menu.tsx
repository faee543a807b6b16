import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { runColumns, type ColumnKeys, type Scope } from '../../api/run-columns.ts';
import { CutName } from '../../components/cut-name.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { MenuFound } from '../../components/menu-found.tsx';
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
    <Menu finds icon="tree" label={text.group} text={useSmallScreen() ? undefined : text.group}>
      <GroupChoices {...props} />
    </Menu>
  );
}

/** Made, and its keys asked for, when the menu opens; those of many that are not among the first are found by words. */
function GroupChoices({ scope, group, onChange }: GroupMenuProps) {
  const [typed, setTyped] = useState('');
  const words = useDeferredValue(typed.trim());
  const { data: first } = useQuery(runColumns(scope.experiment_ids, scope.view_type));
  const { data: found } = useQuery({
    ...runColumns(scope.experiment_ids, scope.view_type, words),
    enabled: words !== '',
  });
  const names = new Set([
    ...group,
    'attributes.status',
    'attributes.dataset',
    ...groupable(first),
    ...groupable(found),
  ]);
  const wanted = typed.trim().toLowerCase();
  const settled = wanted === '' ? first !== undefined : words === typed.trim() && found !== undefined;
  const choices = [...names]
    .map((name) => ({ name, title: titleOf({ name, aggregate: 'last' }) }))
    .filter(({ title }) => title.toLowerCase().includes(wanted));
  return (
    <MenuFound
      label={text.group}
      find={text.columnsHint}
      typed={typed}
      onType={setTyped}
      count={choices.length > 0 || settled ? choices.length : undefined}
      hasMore={first !== undefined && hasMoreThan(first)}
    >
      {wanted === '' && (
        <MenuItem
          disabled={group.length === 0}
          onSelect={() => {
            onChange([]);
          }}
        >
          {text.ungroup}
        </MenuItem>
      )}
      {choices.map(({ name, title }) => (
        <MenuItem
          key={name}
          checked={group.includes(name)}
          onSelect={() => {
            onChange(group.includes(name) ? group.filter((other) => other !== name) : [...group, name]);
          }}
        >
          <CutName name={title} />
        </MenuItem>
      ))}
    </MenuFound>
  );
}

/** Whether there are keys that are found by words alone. */
function hasMoreThan({ params = [], tags = [], params_total = 0, tags_total = 0 }: ColumnKeys): boolean {
  return params.length < params_total || tags.length < tags_total;
}

function groupable(keys: ColumnKeys | undefined): string[] {
  const sampled = keys?.sampled_runs ?? 0;
  const ofKind = (kind: string, found: ColumnKeys['params'] = []): string[] =>
    found
      .filter(({ key = '', distinct = 0 }) => !key.startsWith('mlflow.') && (sampled < 20 || distinct < sampled / 2))
      .slice(0, offered)
      .map(({ key = '' }) => `${kind}.${key}`);
  return [...ofKind('params', keys?.params), ...ofKind('tags', keys?.tags)];
}
