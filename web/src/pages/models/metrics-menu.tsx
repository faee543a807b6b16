import { Menu, MenuItem } from '../../components/menu.tsx';
import { text } from '../../text/models.ts';

interface MetricsMenuProps {
  readonly known: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

const mostShown = 100;

/** Which metrics of the source runs are columns. */
export function MetricsMenu({ known, chosen, onChange }: MetricsMenuProps) {
  const keys = [...new Set([...chosen, ...known])].slice(0, mostShown);
  return (
    <Menu label={text.metricsMenu} icon="columns" text={text.metrics} disabled={keys.length === 0}>
      {keys.map((key) => (
        <MenuItem
          key={key}
          checked={chosen.includes(key)}
          onSelect={() => {
            onChange(chosen.includes(key) ? chosen.filter((other) => other !== key) : [...chosen, key]);
          }}
        >
          {key}
        </MenuItem>
      ))}
    </Menu>
  );
}
