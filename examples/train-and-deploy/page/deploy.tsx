import { useState, type SubmitEvent } from 'react';
import type { Combination, DeployEvent, Search } from '../api.ts';
import { events, wordsOf } from './calls.ts';
import { labelOf } from './runs.tsx';

interface Props {
  readonly search: Search;
  readonly run: Combination;
  readonly onDeployed: () => void;
}

type Result = Extract<DeployEvent, { event: 'finished' }>;

/** Registers and deploys the picked run, and scores a file with it. */
export function Deploy({ search, run, onDeployed }: Props) {
  const [steps, setSteps] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [result, setResult] = useState<Result>();

  async function deploy(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const file = form.get('file') as File;
    const query = new URLSearchParams({ runId: run.runId, model: form.get('model') as string, file: file.name });
    setBusy(true);
    setSteps([]);
    setError(undefined);
    setResult(undefined);
    try {
      for await (const event of events<DeployEvent>(`/deploy-model?${query}`, { body: file })) {
        if (event.event === 'step') setSteps((before) => [...before, event.text]);
        else setResult(event);
      }
    } catch (problem) {
      setError(wordsOf(problem));
    }
    setBusy(false);
    onDeployed();
  }

  return (
    <section aria-labelledby="deploy">
      <h2 id="deploy">3 · Deploy and score</h2>
      <p className="dim">
        {search.name}, {labelOf(run)}
      </p>
      <form className="row" onSubmit={(event) => void deploy(event)}>
        <div className="field">
          <label htmlFor="name">Model name</label>
          <input
            id="name"
            name="model"
            required
            key={search.dataset}
            defaultValue={`${search.dataset}-${search.kind === 'regression' ? 'regressor' : 'classifier'}`}
          />
        </div>
        <div className="field">
          <label htmlFor="file">CSV to score</label>
          <input id="file" type="file" name="file" accept=".csv,text/csv" />
        </div>
        <button className="main" disabled={busy}>
          Deploy and score
        </button>
      </form>
      <p>
        No file at hand? <a href={`/runs/${search.runId}/holdout.csv`}>Rows that the model has not seen</a>
      </p>
      <div role="log" aria-label="Progress" tabIndex={0}>
        <ol>
          {steps.map((text, index) => (
            <li key={index}>{text}</li>
          ))}
        </ol>
      </div>
      {error !== undefined && <p role="alert">{error}</p>}
      {result && <Scored result={result} />}
    </section>
  );
}

function Scored({ result: { model, version, rows, preview, artifact, links } }: { readonly result: Result }) {
  const target = { target: '_blank', rel: 'noreferrer' };
  return (
    <>
      <p role="status">
        {rows === 1 ? '1 row is' : `${rows} rows are`} scored by {model} version {version}. The predictions are kept as{' '}
        <code>{artifact}</code>.
      </p>
      <p className="links">
        <a href={links.run} {...target}>
          Run
        </a>
        <a href={links.model} {...target}>
          Model
        </a>
        <a href={links.endpoint} {...target}>
          Endpoint
        </a>
      </p>
      <div className="wide" tabIndex={0} role="region" aria-label="Predictions">
        <table>
          <caption>The first {preview.rows.length} rows</caption>
          <thead>
            <tr>
              {preview.columns.map((name, index) => (
                <th key={index} scope="col" className={classOf(name, preview.rows[0]?.[index])}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={column} className={classOf(preview.columns[column], cell)}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>Any program can ask the endpoint now:</p>
      <pre>curl -H 'content-type: text/csv' --data-binary @holdout.csv {links.invocations}</pre>
    </>
  );
}

function classOf(column: string | undefined, cell = ''): string {
  if (column === 'prediction') return 'prediction';
  return cell !== '' && Number.isFinite(Number(cell)) ? 'number' : '';
}
