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
    <>
      <select
        aria-label={text.centre}
        title={text.centre}
        value={centre}
        onChange={({ target: { value } }) => {
          onChange({ centre: centres.find((one) => one === value) ?? 'mean' });
        }}
      >
        {centres.map((one) => (
          <option key={one} value={one}>
            {text.centres[one]}
          </option>
        ))}
      </select>
      <select
        aria-label={text.band}
        title={text.band}
        value={band}
        onChange={({ target: { value } }) => {
          onChange({ band: bands.find((one) => one === value) ?? 'range' });
        }}
      >
        {bands.map((one) => (
          <option key={one} value={one}>
            {text.bands[one]}
          </option>
        ))}
      </select>
    </>
  );
}
