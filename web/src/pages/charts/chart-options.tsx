import type { ReactNode } from 'react';
import { yFits } from '../../charts/scales.ts';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { text } from '../../text/run.ts';
import { mostColumns, type ChangeSettings, type ChartSettings } from './chart-settings.ts';

interface ChartOptionsProps {
  readonly settings: ChartSettings;
  readonly onChange: ChangeSettings;
}

const words = text.charts;

/** What is changed less often. */
export function ChartOptions({ settings, onChange }: ChartOptionsProps) {
  const choice = (name: string, checked: boolean, change: Partial<ChartSettings>): ReactNode => (
    <MenuItem
      key={name}
      checked={checked}
      onSelect={() => {
        onChange(change);
      }}
    >
      {name}
    </MenuItem>
  );
  const { logX, logY, fit, synced, columns } = settings;
  return (
    <Menu label={words.settings} icon="chart">
      {choice(words.logX, logX, { logX: !logX })}
      {choice(words.log, logY, { logY: !logY })}
      {yFits.map((one) => choice(`${words.y}: ${words.fits[one]}`, one === fit, { fit: one }))}
      {choice(words.sync, synced, { synced: !synced })}
      {Array.from({ length: mostColumns + 1 }, (_, one) =>
        choice(words.columns(one), one === columns, { columns: one }),
      )}
    </Menu>
  );
}
