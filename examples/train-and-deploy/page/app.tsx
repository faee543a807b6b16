import { StrictMode, useCallback, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { Choices, Search } from '../api.ts';
import { get, wordsOf } from './calls.ts';
import { Deploy } from './deploy.tsx';
import { Runs } from './runs.tsx';
import { Train } from './train.tsx';

function App() {
  const [choices, setChoices] = useState<Choices>();
  const [searches, setSearches] = useState<readonly Search[]>();
  const [picked, setPicked] = useState<string>();
  const [error, setError] = useState<string>();

  /** Reads the runs again; the best of this search is picked. */
  const readRuns = useCallback(async (searchId?: string) => {
    try {
      const found = await get<Search[]>('/runs');
      setSearches(found);
      setError(undefined);
      const best = found.find(({ runId }) => runId === searchId)?.combinations[0];
      if (best) setPicked(best.runId);
    } catch (problem) {
      setError(wordsOf(problem));
    }
  }, []);

  useEffect(() => {
    get<Choices>('/datasets').then(setChoices, (problem: unknown) => setError(wordsOf(problem)));
    void readRuns();
  }, [readRuns]);

  // A training that was stopped, or started elsewhere, is followed to its end.
  useEffect(() => {
    if (!searches?.some(({ status }) => status === 'RUNNING')) return;
    const timer = setTimeout(() => void readRuns(), 2000);
    return () => clearTimeout(timer);
  }, [searches, readRuns]);

  const search = searches?.find(({ combinations }) => combinations.some(({ runId }) => runId === picked));
  const run = search?.combinations.find(({ runId }) => runId === picked);
  return (
    <>
      <header>
        <h1>Train and deploy</h1>
        {choices && (
          <a href={choices.server} target="_blank" rel="noreferrer">
            Open Modelyard
          </a>
        )}
      </header>
      {error !== undefined && <p role="alert">{error}</p>}
      <main>
        {choices && (
          <Train
            datasets={choices.datasets}
            onStarted={() => void readRuns()}
            onFinished={(runId) => void readRuns(runId)}
          />
        )}
        <div>
          {searches && <Runs searches={searches} picked={picked} onPick={setPicked} />}
          {search && run && <Deploy key={run.runId} search={search} run={run} onDeployed={() => void readRuns()} />}
        </div>
      </main>
    </>
  );
}

const root = document.getElementById('app');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
