import { Menu, MenuItem } from '../../components/menu.tsx';
import { text } from '../../text/charts-page.ts';
import { bands, centres, type ChangeSettings, type ChartSettings } from './chart-settings.ts';

interface GroupToolProps {
  readonly settings: ChartSettings;
  readonly onChange: ChangeSettings;
}

/** How the line of a group is made of its runs; nothing while there are no groups. */
export function GroupTool({ settings: { group, centre, band }, onChange }: GroupToolProps) {
  if (group.length === 0) return null;
  return (
    <Menu label={text.groupLines} icon="tree">
      {centres.map((one) => (
        <MenuItem
          key={one}
          checked={one === centre}
          onSelect={() => {
            onChange({ centre: one });
          }}
        >
          {`${text.centre}: ${text.centres[one]}`}
        </MenuItem>
      ))}
      {bands.map((one) => (
        <MenuItem
          key={one}
          checked={one === band}
          onSelect={() => {
            onChange({ band: one });
          }}
        >
          {`${text.band}: ${text.bands[one]}`}
        </MenuItem>
      ))}
    </Menu>
  );
}
