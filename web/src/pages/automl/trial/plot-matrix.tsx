import type { Plot } from '../../../api/automl-plots.ts';
import { shortNumber } from '../../../components/format.ts';
import { text } from '../../../text/automl-trial.ts';

/** A matrix of counts; each cell is as dark as its share of the row. */
export function PlotMatrix({ title, plot }: { title: string; plot: Extract<Plot, { kind: 'matrix' }> }) {
  const { rows, columns, values } = plot;
  return (
    <div className="page-scroll" tabIndex={0} role="region" aria-label={title}>
      <table className="automl-matrix">
        <thead>
          <tr>
            <th className="dim">{text.figure.corner(plot.y, plot.x)}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => {
            const all = (values[i] ?? []).reduce((sum, value) => sum + value, 0);
            return (
              <tr key={row}>
                <th scope="row">{row}</th>
                {columns.map((column, j) => {
                  const value = values[i]?.[j] ?? 0;
                  const share = all === 0 ? 0 : value / all;
                  return (
                    <td
                      key={column}
                      className="number"
                      title={text.figure.ofRow((share * 100).toFixed(1))}
                      style={{
                        background: `color-mix(in srgb, var(--accent) ${Math.round(share * 45)}%, transparent)`,
                      }}
                    >
                      {shortNumber(value)}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
