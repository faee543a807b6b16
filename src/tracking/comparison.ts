/** Runs side by side: one row for each key that some of them has. */
import { invalidParameter } from '../protocol/errors.ts';
import type { compareRuns } from '../protocol/comparison.ts';
import { inWords, limits } from '../protocol/limits.ts';
import type { Encoded } from '../protocol/schema.ts';
import type { Reader } from '../database/database.ts';
import { raw, sql } from '../common/sql.ts';
import { textSet } from '../search/text-search.ts';
import { datasetInputsOfRuns, tagsOfDatasetInputs } from './input-store.ts';
import { stageName } from './lifecycle.ts';
import { latestOfRuns } from './metric-store.ts';
import { metricsOfRuns } from './run-metrics.ts';
import { findRunsById, paramsOfRuns, tagsOfRuns, type RunRow } from './run-store.ts';
import { fromStoredValue, toJsonNumber } from './shown-number.ts';
import { shortened } from './shown-text.ts';

type Comparison = Encoded<(typeof compareRuns)['response']>;
type PartOf<K extends keyof Comparison> = NonNullable<Comparison[K]>;

/** Who reads more than this side by side? */
const mostCharacters = 8_000_000;

export async function compare(reader: Reader, wanted: readonly string[]): Promise<Comparison> {
  const uuids = [...new Set(wanted)];
  if (uuids.length > limits.comparedRuns) {
    throw invalidParameter(
      `Invalid value for parameter 'run_ids' supplied: at most ${inWords(limits.comparedRuns)} runs are compared at once, and these are ${inWords(uuids.length)}.`,
    );
  }
  const runs = await runsOf(reader, uuids);
  const ids = runs.map(({ id }) => id);
  const places = new Map(ids.map((id, place) => [id, place]));
  const placeOf = ({ run }: { readonly run: number }): number => places.get(run) ?? 0;
  const texts = new Texts();
  const rowsOf = (cells: readonly { run: number; key: string; value: string }[]) =>
    rows(cells, ids.length, placeOf, ({ value }) => texts.place(value));
  return {
    runs: await described(reader, runs),
    params: rowsOf(await paramsOfRuns(reader, ids)),
    tags: rowsOf(await tagsOfRuns(reader, ids)),
    metrics: rows(await latestOfRuns(reader, ids), ids.length, placeOf, ({ value }) =>
      toJsonNumber(fromStoredValue(value)),
    ),
    lines: (await metricsOfRuns(reader, ids)).flatMap(({ key, line }) => (line ? [key] : [])).sort(),
    datasets: await datasetsOf(reader, ids, placeOf),
    models: (await modelsOf(reader, ids)).map((model) => ({ ...model, run: placeOf(model) })),
    texts: texts.all,
    cut: texts.cut || undefined,
  };
}

/** In the order asked for. */
async function runsOf(reader: Reader, uuids: readonly string[]): Promise<RunRow[]> {
  const found = await reader.all<{ id: number }>(sql`SELECT id FROM runs WHERE uuid IN ${textSet(uuids)}`);
  const runs = await findRunsById(
    reader,
    found.map(({ id }) => id),
  );
  const order = new Map(uuids.map((uuid, place) => [uuid, place]));
  return runs.toSorted((a, b) => (order.get(a.uuid) ?? 0) - (order.get(b.uuid) ?? 0));
}

async function described(reader: Reader, runs: readonly RunRow[]): Promise<PartOf<'runs'>> {
  const experiments = runs.map(({ experiment }) => experiment);
  const names = new Map(
    (
      await reader.all<{ id: number; name: string }>(
        sql`SELECT id, name FROM experiments WHERE id IN ${reader.dialect.intSet(experiments)}`,
      )
    ).map(({ id, name }) => [id, name]),
  );
  return runs.map((run) => ({
    run_id: run.uuid,
    run_number: run.id,
    run_name: run.name,
    experiment_id: String(run.experiment),
    experiment_name: names.get(run.experiment) ?? '',
    status: run.status,
    start_time: run.start_time,
    end_time: run.end_time ?? undefined,
    lifecycle_stage: stageName(run.lifecycle),
    user_id: run.user_id,
    artifact_uri: run.artifact_uri,
  }));
}

/** Params and tags of runs that are alike say the same: a text is sent once, whoever has it. */
class Texts {
  readonly all: string[] = [];
  cut = false;
  readonly #places = new Map<string, number>();
  #characters = 0;

  place(text: string): number {
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    const place = this.all.length;
    this.#places.set(text, place);
    const short = this.#characters + text.length > mostCharacters ? shortened(text) : text;
    if (short !== text) this.cut = true;
    this.#characters += short.length;
    this.all.push(short);
    return place;
  }
}

function rows<Cell extends { readonly run: number; readonly key: string }, Value>(
  cells: readonly Cell[],
  runs: number,
  placeOf: (cell: Cell) => number,
  valueOf: (cell: Cell) => Value,
): { key: string; values: readonly (Value | null)[] }[] {
  const byKey = new Map<string, (Value | null)[]>();
  for (const cell of cells) {
    let values = byKey.get(cell.key);
    if (!values) byKey.set(cell.key, (values = new Array<Value | null>(runs).fill(null)));
    values[placeOf(cell)] = valueOf(cell);
  }
  return [...byKey].map(([key, values]) => ({ key, values })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

async function datasetsOf(
  reader: Reader,
  ids: readonly number[],
  placeOf: (row: { readonly run: number }) => number,
): Promise<PartOf<'datasets'>> {
  const found = await datasetInputsOfRuns(reader, ids);
  const tags = await tagsOfDatasetInputs(
    reader,
    found.map(({ input }) => input),
  );
  const contexts = new Map(
    tags.filter(({ key }) => key === 'mlflow.data.context').map(({ input, value }) => [input, value]),
  );
  return found.map((row) => ({
    run: placeOf(row),
    name: row.name,
    digest: row.digest,
    source_type: row.source_type,
    source: row.source,
    schema: row.schema ?? undefined,
    context: contexts.get(row.input),
  }));
}

interface ModelOfRun {
  run: number;
  model_id: string;
  name: string;
  status: string;
  model_type: string | undefined;
  direction: 'input' | 'output';
}

/** Models that the runs made, or read, unless they are deleted. */
async function modelsOf(reader: Reader, ids: readonly number[]): Promise<ModelOfRun[]> {
  const set = reader.dialect.intSet(ids);
  const facts = raw('m.uuid AS model_id, m.name, m.status, m.model_type, m.creation_time');
  const found = await reader.all<Omit<ModelOfRun, 'model_type'> & { model_type: string | null }>(
    sql`SELECT r.id AS run, ${facts}, 'output' AS direction FROM runs r JOIN logged_models m ON m.experiment = r.experiment AND m.source_run_id = r.uuid
        WHERE r.id IN ${set} AND m.lifecycle = 0
        UNION SELECT o.run, ${facts}, 'output' FROM run_model_outputs o JOIN logged_models m ON m.uuid = o.model_id
        WHERE o.run IN ${set} AND m.lifecycle = 0
        UNION SELECT i.run, ${facts}, 'input' FROM run_model_inputs i JOIN logged_models m ON m.uuid = i.model_id
        WHERE i.run IN ${set} AND m.lifecycle = 0
        ORDER BY creation_time, model_id`,
  );
  return found.map(({ run, model_id, name, status, model_type, direction }) => ({
    run,
    model_id,
    name,
    status,
    model_type: model_type ?? undefined,
    direction,
  }));
}
