import { useRef, useState, type SubmitEvent } from 'react';
import type { Dataset, Grid, TrainEvent } from '../api.ts';
import { events, wordsOf } from './calls.ts';

interface Props {
  readonly datasets: readonly Dataset[];
  /** There is a new search. */
  readonly onStarted: () => void;
  /** Called with the run of a search that is over. */
  readonly onFinished: (runId: string) => void;
}

/** Chooses what to train, starts it, and shows how far it is. */
export function Train({ datasets, onStarted, onFinished }: Props) {
  const [dataset, setDataset] = useState(datasets[0]);
  const [model, setModel] = useState(dataset?.models[0]);
  const [grid, setGrid] = useState(() => textOf(model?.grid));
  const [state, setState] = useState<State>({ words: '' });
  const training = useRef<AbortController>(undefined);

  function choose(nextDataset: Dataset | undefined, name?: string): void {
    const next = nextDataset?.models.find((known) => known.name === name) ?? nextDataset?.models[0];
    setDataset(nextDataset);
    setModel(next);
    setGrid(textOf(next?.grid));
  }

  async function train(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const abort = (training.current = new AbortController());
    setState({ busy: true, words: 'Starting Python …' });
    try {
      const body = JSON.stringify({ dataset: dataset?.name, model: model?.name, grid });
      const headers = { 'content-type': 'application/json' };
      for await (const event of events<TrainEvent>('/track-experiment', { body, headers, signal: abort.signal })) {
        setState(stateOf(event));
        if (event.event === 'started') onStarted();
        if (event.event === 'finished') onFinished(event.runId);
      }
    } catch (error) {
      setState(abort.signal.aborted ? { words: 'Stopped.' } : { error: wordsOf(error), words: '' });
    }
  }

  const count = combinationsOf(grid);
  return (
    <section aria-labelledby="train">
      <h2 id="train">1 · Train</h2>
      <form onSubmit={(event) => void train(event)}>
        <div className="field">
          <label htmlFor="dataset">Data set</label>
          <select id="dataset" value={dataset?.name} onChange={({ target }) => choose(datasets[target.selectedIndex])}>
            {datasets.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </div>
        <p className="dim">
          {dataset?.rows} rows, {dataset?.features} features, to tell <code>{dataset?.target}</code>: {dataset?.kind}
        </p>
        <div className="field">
          <label htmlFor="model">Model</label>
          <select id="model" value={model?.name} onChange={({ target }) => choose(dataset, target.value)}>
            {dataset?.models.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="grid">Parameter grid</label>
          <textarea
            id="grid"
            rows={5}
            spellCheck={false}
            value={grid}
            onChange={({ target }) => setGrid(target.value)}
          />
        </div>
        <p className="dim">{count === undefined ? 'This is no JSON yet' : `${count} combinations, each a run`}</p>
        <div className="buttons">
          <button className="main" disabled={state.busy}>
            Train
          </button>
          {state.busy && (
            <button type="button" onClick={() => training.current?.abort()}>
              Stop
            </button>
          )}
        </div>
      </form>
      {state.busy && <progress aria-label="Training" value={state.share} />}
      <p role="status">{state.words}</p>
      {state.error !== undefined && <p role="alert">{state.error}</p>}
    </section>
  );
}

interface State {
  readonly busy?: boolean;
  readonly share?: number;
  readonly words: string;
  readonly error?: string;
}

function stateOf(event: TrainEvent): State {
  switch (event.event) {
    case 'started':
      return { busy: true, words: `${event.combinations} combinations` };
    case 'progress':
      return { busy: true, share: event.done / event.of, words: `${event.doing}: ${event.done} of ${event.of}` };
    case 'finished':
      return { words: `${event.combinations} runs; the best ${event.metric} is ${event.best.toFixed(3)}.` };
  }
}

/** A parameter a line. */
function textOf(grid: Grid = {}): string {
  const lines = Object.entries(grid).map(
    ([name, values]) => `  "${name}": [${values.map((value) => JSON.stringify(value)).join(', ')}]`,
  );
  return `{\n${lines.join(',\n')}\n}`;
}

function combinationsOf(text: string): number | undefined {
  try {
    const lists = Object.values(JSON.parse(text) as Record<string, unknown>);
    return lists.reduce<number>((count, values) => count * (Array.isArray(values) ? values.length : 1), 1);
  } catch {
    return undefined;
  }
}
