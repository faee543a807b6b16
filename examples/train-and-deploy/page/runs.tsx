import type { Combination, Search } from '../api.ts';

interface Props {
  readonly searches: readonly Search[];
  readonly picked: string | undefined;
  readonly onPick: (runId: string) => void;
}

const metricsOf: Readonly<Record<string, readonly string[]>> = {
  classification: ['accuracy', 'f1'],
  regression: ['r2', 'rmse'],
};
const titles: Readonly<Record<string, string>> = { accuracy: 'Accuracy', f1: 'F1', r2: 'R²', rmse: 'RMSE' };

/** What was trained; one of the combinations can be picked. */
export function Runs({ searches, picked, onPick }: Props) {
  return (
    <section aria-labelledby="runs">
      <h2 id="runs">2 · Pick a run</h2>
      {searches.length === 0 && <p className="dim">Nothing is trained yet. Start on the left; it takes seconds.</p>}
      {searches.map((search, index) => (
        <details key={search.runId} open={index === 0}>
          <summary>
            <b>{search.name}</b>
            <span className="dim">{new Date(search.startTime).toLocaleString()}</span>
            <span className="dim">{search.status.toLowerCase()}</span>
          </summary>
          {search.combinations.length > 0 && <Combinations search={search} picked={picked} onPick={onPick} />}
          <p>
            <a href={search.url} target="_blank" rel="noreferrer">
              {search.name} in Modelyard
            </a>
          </p>
        </details>
      ))}
    </section>
  );
}

function Combinations({ search, picked, onPick }: Omit<Props, 'searches'> & { readonly search: Search }) {
  const params = [...new Set(search.combinations.flatMap((run) => Object.keys(run.params)))];
  const metrics = metricsOf[search.kind] ?? [];
  return (
    <div className="wide" tabIndex={0} role="region" aria-label={`Combinations of ${search.name}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Pick</th>
            {params.map((name) => (
              <th key={name} scope="col" className="code">
                {name}
              </th>
            ))}
            {metrics.map((name) => (
              <th key={name} scope="col" className="number">
                {titles[name]}
              </th>
            ))}
            <th scope="col" className="number">
              Held out
            </th>
            <th scope="col">Registered</th>
            <th scope="col">Run</th>
          </tr>
        </thead>
        <tbody>
          {search.combinations.map((run, index) => (
            <tr key={run.runId} className={index === 0 ? 'best' : ''}>
              <td>
                <input
                  type="radio"
                  name="run"
                  aria-label={labelOf(run)}
                  checked={run.runId === picked}
                  onChange={() => onPick(run.runId)}
                />
              </td>
              {params.map((name) => (
                <td key={name} className="code">
                  {run.params[name]}
                </td>
              ))}
              {metrics.map((name) => (
                <td key={name} className="number">
                  {number(run.metrics[`cv_${name}`])}{' '}
                  <span className="dim">± {number(run.metrics[`cv_${name}_std`])}</span>
                </td>
              ))}
              <td className="number">{number(run.metrics[`holdout_${metrics[0]}`])}</td>
              <td>{run.registered.join(', ')}</td>
              <td>
                <a href={run.url} target="_blank" rel="noreferrer" aria-label={`Open run ${labelOf(run)} in Modelyard`}>
                  open
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function labelOf({ params }: Pick<Combination, 'params'>): string {
  const texts = Object.entries(params).map(([name, value]) => `${name} ${value}`);
  return texts.join(', ') || 'defaults';
}

function number(value: number | undefined): string {
  return value === undefined ? '' : Math.abs(value) >= 100 ? value.toFixed(1) : value.toFixed(3);
}
