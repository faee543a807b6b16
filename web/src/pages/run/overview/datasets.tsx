import { useState } from 'react';
import type { RunDetail } from '../../../api/run.ts';
import { count } from '../../../components/format.ts';
import { useUrlState } from '../../../components/url-state.ts';
import { text } from '../../../text/run.ts';
import { DatasetDrawer } from './dataset-drawer.tsx';

const shownDatasets = 50;

/** The datasets that a run took; the one whose drawer is open stands in the address. */
export function Datasets({ run }: { run: RunDetail }) {
  const [{ dataset }, setUrl] = useUrlState();
  const [all, setAll] = useState(false);
  if (run.datasets.length === 0) return null;
  const open = run.datasets.find(({ name, digest }) => `${name}@${digest}` === dataset);
  return (
    <section>
      <h2>
        {text.datasets} <span className="dim">{count(run.datasets.length)}</span>
      </h2>
      <ul className="run-children">
        {run.datasets.slice(0, all ? undefined : shownDatasets).map(({ name, digest, context }) => (
          <li key={`${name}@${digest} ${context}`}>
            <button
              type="button"
              className="text-button ellipsis"
              aria-label={text.dataset.open(name)}
              onClick={() => {
                setUrl({ dataset: `${name}@${digest}` });
              }}
            >
              {name}
            </button>
            {context !== '' && <span className="chip">{context}</span>}
            <code className="dim ellipsis">{digest}</code>
          </li>
        ))}
      </ul>
      {run.datasets.length > shownDatasets && !all && (
        <button
          type="button"
          className="text-button"
          onClick={() => {
            setAll(true);
          }}
        >
          {text.showAll}
        </button>
      )}
      {open && (
        <DatasetDrawer
          dataset={open}
          experimentId={run.experimentId}
          onClose={() => {
            setUrl({ dataset: undefined });
          }}
        />
      )}
    </section>
  );
}
