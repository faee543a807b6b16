import { Menu, MenuItem } from '../../components/menu.tsx';
import { showFailure } from '../../components/toast.tsx';
import { text } from '../../text/run.ts';
import type { ChartAction } from './chart-actions.ts';

interface ChartMenuProps {
  /** The chart's name. */
  readonly name: string;
  readonly actions: readonly (ChartAction | false | undefined)[];
}

export function ChartMenu({ name, actions }: ChartMenuProps) {
  return (
    <Menu icon="more" label={text.charts.menu(name)}>
      {actions.map(
        (action) =>
          action && (
            <MenuItem
              key={action.name}
              icon={action.icon}
              danger={action.danger ?? false}
              onSelect={() => void Promise.resolve().then(action.run).catch(showFailure)}
            >
              {action.name}
            </MenuItem>
          ),
      )}
    </Menu>
  );
}
