import { Menu, MenuItem } from '../../components/menu.tsx';
import type { UrlValues } from '../../components/url-state.ts';
import { useSmallScreen } from '../../components/use-small-screen.ts';
import { text } from '../../text/runs.ts';
import { rowHeights, type RunQuery } from './run-query.ts';

interface ViewMenuProps {
  readonly query: RunQuery;
  readonly onChange: (change: UrlValues) => void;
}

/** How the table looks: density, nesting, which runs. */
export function ViewMenu({ query, onChange }: ViewMenuProps) {
  return (
    <Menu icon="rows" label={text.view} text={useSmallScreen() ? undefined : text.view}>
      {Object.keys(rowHeights).map((density) => (
        <MenuItem
          key={density}
          checked={query.density === density}
          onSelect={() => {
            onChange({ density: density === 'compact' ? undefined : density });
          }}
        >
          {text.densities[density]}
        </MenuItem>
      ))}
      <MenuItem
        checked={query.tree}
        onSelect={() => {
          onChange({ tree: query.tree ? 'off' : 'on' });
        }}
      >
        {text.tree}
      </MenuItem>
      <MenuItem
        checked={query.onlyDiffering}
        onSelect={() => {
          onChange({ differing: query.onlyDiffering ? undefined : 'on' });
        }}
      >
        {text.onlyDiffering}
      </MenuItem>
      <MenuItem
        checked={query.deleted}
        onSelect={() => {
          onChange({ view: query.deleted ? undefined : 'deleted' });
        }}
      >
        {text.deleted}
      </MenuItem>
    </Menu>
  );
}
