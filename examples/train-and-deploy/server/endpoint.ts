/** A model behind an endpoint of the server: made, waited for, asked. */
import { Client, getTrackingUri, ResourceDoesNotExistError } from 'modelyard';
import { UserError } from './respond.ts';

type Endpoint = NonNullable<Awaited<ReturnType<Client['getEndpoint']>>['endpoint']>;

const patience = 300_000;
/** Rows of one request. */
const batch = 500;

/**
 * Makes the endpoint, or has the one that is there serve this model from now on.
 *
 * @param envManager `local` for the server's own Python, `uv` for an environment of the model's own
 */
export async function deploy(name: string, modelUri: string, envManager: string): Promise<void> {
  const client = new Client();
  const served_models = [{ model_uri: modelUri, traffic_percentage: 100 }];
  const wanted = { name, served_models, env_manager: envManager };
  const there = await find(client, name);
  if (!there) await client.createEndpoint(wanted);
  else if (there.served_models.length !== 1 || there.served_models[0]?.model_uri !== modelUri) {
    await client.updateEndpoint(wanted);
  }
  if (there?.state === 'stopped' || there?.state === 'failed') await client.startEndpoint({ name });
}

/** The last line of the endpoint's log so far. */
export async function lastLogLine(name: string): Promise<number> {
  const client = new Client();
  if (!(await find(client, name))) return 0;
  const { lines } = await client.getEndpointLogs({ name, max_lines: 1 });
  return Number(lines[0]?.id ?? 0);
}

/** Yields what the log says after that line, until this version answers, and nothing else does. */
export async function* untilServing(
  name: string,
  version: string,
  line: number,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const client = new Client();
  let seen: number | bigint = line;
  for (const end = Date.now() + patience; Date.now() < end; await Bun.sleep(200)) {
    signal.throwIfAborted();
    const { endpoint } = await client.getEndpoint({ name });
    const { lines } = await client.getEndpointLogs({ name, after_id: seen, max_lines: 1000 });
    for (const { id = 0, source = '', text = '' } of lines) {
      seen = id;
      if (source === 'endpoint' || source.endsWith(`/${version}`)) yield text;
    }
    const { state, message, serving = [], served_models: [wanted] = [] } = endpoint ?? {};
    if (state === 'ready' && serving.length === 1 && serving[0]?.version === version) return;
    if (wanted?.version === version && (state === 'failed' || wanted.state === 'failed')) {
      throw new UserError(`The endpoint ${name} cannot serve version ${version}; its log says why. ${message}`);
    }
  }
  throw new UserError(`The endpoint ${name} was not ready in ${patience / 60_000} minutes; see its log.`);
}

/** The predictions for rows of typed values, in their order, some hundred at a time. */
export async function* predict(
  name: string,
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
): AsyncGenerator<string[]> {
  for (let start = 0; start < rows.length; start += batch) {
    const data = rows.slice(start, start + batch);
    const response = await fetch(invocationsOf(name), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ dataframe_split: { columns, data } }),
    });
    const { predictions, message } = (await response.json()) as { predictions?: unknown[]; message?: string };
    if (!predictions) throw new UserError(`The endpoint ${name} answered ${response.status}: ${message}`);
    yield predictions.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  }
}

export function invocationsOf(name: string): string {
  return `${getTrackingUri()}/endpoints/${name}/invocations`;
}

async function find(client: Client, name: string): Promise<Endpoint | undefined> {
  try {
    return (await client.getEndpoint({ name })).endpoint;
  } catch (error) {
    if (error instanceof ResourceDoesNotExistError) return undefined;
    throw error;
  }
}
