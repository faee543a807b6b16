import { useState } from 'react';
import { CutName } from '../../components/cut-name.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { MenuFound } from '../../components/menu-found.tsx';
import { text } from '../../text/models.ts';

interface MetricsMenuProps {
  readonly known: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

const mostShown = 100;

/** Which metrics of the source runs are columns. */
export function MetricsMenu(props: MetricsMenuProps) {
  const none = props.known.length === 0 && props.chosen.length === 0;
  return (
    <Menu finds label={text.metricsMenu} icon="columns" text={text.metrics} disabled={none}>
      <MetricChoices {...props} />
    </Menu>
  );
}

function MetricChoices({ known, chosen, onChange }: MetricsMenuProps) {
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLowerCase();
  const keys = [...new Set([...chosen, ...known])]
    .filter((key) => key.toLowerCase().includes(wanted))
    .slice(0, mostShown);
  return (
    <MenuFound label={text.metricsMenu} find={text.findMetric} typed={typed} onType={setTyped} count={keys.length}>
      {keys.map((key) => (
        <MenuItem
          key={key}
          checked={chosen.includes(key)}
          onSelect={() => {
            onChange(chosen.includes(key) ? chosen.filter((other) => other !== key) : [...chosen, key]);
          }}
        >
          <CutName name={key} />
        </MenuItem>
      ))}
    </MenuFound>
  );
}
