/** POST /track-experiment: runs train.py, which records the runs, and passes its progress on. */
import { join } from 'node:path';
import { getTrackingUri } from 'modelyard';
import type { Grid, TrainEvent } from '../api.ts';
import { datasets } from './datasets.ts';
import { UserError } from './respond.ts';

/** Combinations of a grid. */
const most = 100;

interface Order {
  readonly dataset: string;
  readonly model: string;
  readonly grid: Grid;
}

/** @param python the program, of an environment made from requirements.txt */
export function trackExperiment(python: string, folder: string) {
  return async function* train(request: Request): AsyncGenerator<TrainEvent, void> {
    const order = orderOf(await request.json().catch(() => undefined));
    const child = Bun.spawn([python, join(import.meta.dir, '../train.py'), JSON.stringify(order)], {
      cwd: folder,
      env: { ...Bun.env, MLFLOW_TRACKING_URI: getTrackingUri() },
      stdout: 'pipe',
      stderr: 'pipe',
      // Who goes away, or presses Stop, ends the training; train.py then marks its runs as killed.
      signal: request.signal,
      killSignal: 'SIGTERM',
    });
    const log = new Response(child.stderr).text();
    for await (const line of linesOf(child.stdout)) {
      const event = JSON.parse(line) as TrainEvent | { event: 'error'; message: string };
      if (event.event === 'error') throw new UserError(event.message);
      yield event;
    }
    if ((await child.exited) !== 0) throw new Error(`The training ended early. ${(await log).trim().slice(-1000)}`);
  };
}

/** Says what is wrong with a request before any Python is started. */
function orderOf(body: unknown): Order {
  if (typeof body !== 'object' || body === null) {
    throw new UserError(
      'The body is no JSON object. Send {"dataset": "iris", "model": "LogisticRegression", "grid": {"C": [0.1, 1]}}.',
    );
  }
  const { dataset: name, model: modelName, grid } = body as Partial<Record<keyof Order, unknown>>;
  const dataset = datasets.find((known) => known.name === name);
  if (!dataset) throw new UserError(`${quoted(name)} is no data set. Take ${listed(datasets)}.`);
  const model = dataset.models.find((known) => known.name === modelName);
  if (!model) {
    const advice = `For ${dataset.kind}, such as ${dataset.name}, take ${listed(dataset.models)}.`;
    throw new UserError(`${quoted(modelName)} cannot be trained on ${dataset.name}. ${advice}`);
  }
  return { dataset: dataset.name, model: model.name, grid: gridOf(grid) };
}

/** @param value the grid, or its JSON as somebody typed it */
function gridOf(value: unknown): Grid {
  const example = 'Write each parameter with the values to try, such as {"max_depth": [3, null]}.';
  let grid = value;
  if (typeof value === 'string') {
    try {
      grid = JSON.parse(value);
    } catch (error) {
      throw new UserError(`The grid is no JSON: ${(error as Error).message}. ${example}`);
    }
  }
  if (typeof grid !== 'object' || grid === null || Array.isArray(grid)) {
    throw new UserError(`The grid must be a JSON object. ${example}`);
  }
  for (const [name, values] of Object.entries(grid as Record<string, unknown>)) {
    const plain = Array.isArray(values) && values.every((item) => typeof item !== 'object' || item === null);
    if (!plain || values.length === 0) throw new UserError(`The grid names no values to try for ${name}. ${example}`);
  }
  const count = Object.values(grid as Grid).reduce((product, values) => product * values.length, 1);
  if (count > most) throw new UserError(`The grid has ${count} combinations. Take values out until it has ${most}.`);
  return grid as Grid;
}

function quoted(value: unknown): string {
  return JSON.stringify(value) ?? 'Nothing';
}

function listed(known: readonly { readonly name: string }[]): string {
  return known
    .map(({ name }) => name)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}
