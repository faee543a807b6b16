import type { Plot } from '../../../api/automl-plots.ts';
import { shortNumber } from '../../../components/format.ts';

const shown = 20;

/** Bars with their words and figures, as a table: it is read and heard alike. */
export function PlotBars({ title, plot }: { title: string; plot: Extract<Plot, { kind: 'bars' }> }) {
  const bars = Object.entries(plot.bars).slice(0, shown);
  const most = Math.max(...bars.map(([, value]) => Math.abs(value)), Number.MIN_VALUE);
  return (
    <div className="page-scroll" tabIndex={0} role="region" aria-label={title}>
      <table className="automl-bars">
        {plot.x !== '' && <caption className="dim">{plot.x}</caption>}
        <tbody>
          {bars.map(([name, value]) => (
            <tr key={name}>
              <th scope="row" title={name}>
                {name}
              </th>
              <td className="automl-bar-cell" aria-hidden="true">
                <div
                  className={value < 0 ? 'less' : undefined}
                  style={{ width: `${(Math.abs(value) / most) * 100}%` }}
                />
              </td>
              <td className="number" title={String(value)}>
                {shortNumber(value)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
