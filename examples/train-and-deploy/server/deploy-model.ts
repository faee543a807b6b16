/** POST /deploy-model: registers the model of a run, deploys it, scores a CSV with it and keeps the predictions. */
import {
  getRun,
  getTrackingUri,
  logText,
  registerModel,
  searchModelVersions,
  setRegisteredModelAlias,
  type Run,
} from 'modelyard';
import type { DeployEvent } from '../api.ts';
import { readCsv, withColumn, writeCsv } from './csv.ts';
import { deploy, invocationsOf, lastLogLine, predict, untilServing } from './endpoint.ts';
import { inputsOf, valuesOf } from './model-inputs.ts';
import { UserError } from './respond.ts';
import { urlOf } from './runs.ts';

const alias = 'champion';
const previewed = 10;

/** Takes a CSV, and in the query `runId`, `model`, the name to register it under, and `file`, the CSV's name. */
export function deployModel(envManager: string) {
  return async function* deployAndScore(request: Request): AsyncGenerator<DeployEvent, void> {
    const { runId, model, file } = orderOf(new URL(request.url).searchParams);
    const run = await getRun(runId);
    const modelId = run.outputs.modelOutputs[0]?.modelId;
    if (modelId === undefined) throw new UserError(`The run ${runId} has no model. Take one of a combination.`);
    const uri = `models:/${modelId}`;
    const table = readCsv(await request.text());
    const inputs = await inputsOf(uri);
    // Checked first: nothing is deployed for a file that cannot be scored.
    const rows = valuesOf(table, inputs, file);

    const logLine = await lastLogLine(model);
    const version = await registered(uri, run, model);
    yield step(`${model} version ${version} is registered`);
    await setRegisteredModelAlias(model, alias, version);
    yield step(`@${alias} points at it`);

    await deploy(model, `models:/${model}@${alias}`, envManager);
    for await (const line of untilServing(model, version, logLine, request.signal)) yield step(line);
    yield step(`Endpoint ${model} answers with version ${version}`);

    const names = inputs.map(({ name }) => name);
    const predictions: string[] = [];
    for await (const some of predict(model, names, rows)) {
      predictions.push(...some);
      yield step(`${predictions.length} of ${rows.length} rows are scored`);
    }

    const scored = withColumn(table, 'prediction', predictions);
    const artifact = await keep(run, file, writeCsv(scored));
    yield {
      event: 'finished',
      model,
      version,
      rows: rows.length,
      preview: { columns: scored.columns, rows: scored.rows.slice(0, previewed) },
      artifact,
      links: {
        run: `${urlOf(run)}/artifacts`,
        model: `${getTrackingUri()}/models/${model}/versions/${version}`,
        endpoint: `${getTrackingUri()}/endpoints/${model}`,
        invocations: invocationsOf(model),
      },
    };
  };
}

function step(text: string): DeployEvent {
  return { event: 'step', text };
}

function orderOf(query: URLSearchParams): { runId: string; model: string; file: string } {
  const [runId = '', model = '', file] = ['runId', 'model', 'file'].map((name) => query.get(name) ?? '');
  if (runId === '') throw new UserError('Pick the run whose model is to be deployed.');
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(model)) {
    throw new UserError('Name the model with up to 63 letters, digits, - and _: its endpoint is called so too.');
  }
  return { runId, model, file: file || 'rows.csv' };
}

/** The version that was made of this run before, or a new one. */
async function registered(uri: string, run: Run, name: string): Promise<string> {
  const there = await searchModelVersions({ filter: `name = '${name}' and run_id = '${run.info.runId}'` });
  return there[0]?.version ?? (await registerModel(uri, name)).version;
}

/** Keeps the predictions with the run; says where. */
async function keep(run: Run, file: string, text: string): Promise<string> {
  const time = new Date().toISOString().replaceAll(':', '-').slice(0, 19);
  const name = file.replace(/\.csv$/i, '').replaceAll(/[^A-Za-z0-9._-]+/g, '-');
  const path = `predictions/${time}-${name.slice(0, 60)}.csv`;
  await logText(text, path, { runId: run.info.runId });
  return path;
}
