/** What is wanted of endpoints, in the database. */
import type { envManagers } from '../protocol/endpoints.ts';
import { sql } from '../common/sql.ts';
import type { Reader, Writer } from '../database/database.ts';
import type { ModelReference } from './model-reference.ts';

export type EnvManager = (typeof envManagers)[number];

export interface WantedModel extends ModelReference {
  readonly traffic: number;
}

export interface EndpointSettings {
  readonly description: string;
  readonly envManager: EnvManager;
  readonly workers: number;
  readonly timeoutSeconds: number;
  readonly captureRate: number;
  readonly captureBytes: number;
}

export interface WantedEndpoint extends EndpointSettings {
  readonly id: number;
  readonly name: string;
  readonly running: boolean;
  readonly captureRun: string | null;
  readonly creationTime: number;
  readonly lastUpdateTime: number;
  readonly models: readonly WantedModel[];
}

interface EndpointRow {
  id: number;
  name: string;
  description: string;
  running: number;
  env_manager: EnvManager;
  workers: number;
  timeout_seconds: number;
  capture_rate: number;
  capture_bytes: number;
  capture_run: string | null;
  creation_time: number;
  last_update_time: number;
}

/** Whether a server has anything to start. */
export async function hasEndpoints(reader: Reader): Promise<boolean> {
  return (await reader.first(sql`SELECT 1 FROM endpoints LIMIT 1`)) !== undefined;
}

export async function findEndpoints(reader: Reader): Promise<WantedEndpoint[]> {
  const rows = await reader.all<EndpointRow>(sql`SELECT * FROM endpoints ORDER BY name`);
  const models = await reader.all<WantedModel & { endpoint: number }>(
    sql`SELECT endpoint, model, version, alias, traffic FROM endpoint_models ORDER BY endpoint, place`,
  );
  return rows.map((row) => ofRow(row, models));
}

export async function findEndpoint(reader: Reader, name: string): Promise<WantedEndpoint | undefined> {
  const row = await reader.first<EndpointRow>(sql`SELECT * FROM endpoints WHERE name = ${name}`);
  if (!row) return undefined;
  const models = await reader.all<WantedModel & { endpoint: number }>(
    sql`SELECT endpoint, model, version, alias, traffic FROM endpoint_models WHERE endpoint = ${row.id} ORDER BY place`,
  );
  return ofRow(row, models);
}

function ofRow(row: EndpointRow, models: readonly (WantedModel & { endpoint: number })[]): WantedEndpoint {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    running: row.running === 1,
    envManager: row.env_manager,
    workers: row.workers,
    timeoutSeconds: row.timeout_seconds,
    captureRate: row.capture_rate,
    captureBytes: row.capture_bytes,
    captureRun: row.capture_run,
    creationTime: row.creation_time,
    lastUpdateTime: row.last_update_time,
    models: models
      .filter(({ endpoint }) => endpoint === row.id)
      .map(({ model, version, alias, traffic }) => ({ model, version, alias, traffic })),
  };
}

export async function insertEndpoint(
  writer: Writer,
  name: string,
  settings: EndpointSettings,
  time: number,
): Promise<number> {
  const { lastInsertId } = await writer.run(
    sql`INSERT INTO endpoints (name, description, running, env_manager, workers, timeout_seconds, capture_rate, capture_bytes, creation_time, last_update_time)
        VALUES (${name}, ${settings.description}, 1, ${settings.envManager}, ${settings.workers}, ${settings.timeoutSeconds},
          ${settings.captureRate}, ${settings.captureBytes}, ${time}, ${time})`,
  );
  return lastInsertId;
}

export async function updateEndpoint(
  writer: Writer,
  id: number,
  settings: EndpointSettings,
  time: number,
): Promise<void> {
  await writer.run(
    sql`UPDATE endpoints SET description = ${settings.description}, env_manager = ${settings.envManager}, workers = ${settings.workers},
          timeout_seconds = ${settings.timeoutSeconds}, capture_rate = ${settings.captureRate}, capture_bytes = ${settings.captureBytes},
          last_update_time = ${time}
        WHERE id = ${id}`,
  );
}

export async function setModels(writer: Writer, id: number, models: readonly WantedModel[]): Promise<void> {
  await writer.run(sql`DELETE FROM endpoint_models WHERE endpoint = ${id}`);
  await writer.runMany(
    'INSERT INTO endpoint_models (endpoint, place, model, version, alias, traffic) VALUES (?, ?, ?, ?, ?, ?)',
    models.map(({ model, version, alias, traffic }, place) => [id, place, model, version, alias, traffic]),
  );
}

export async function setRunning(writer: Writer, id: number, running: boolean, time: number): Promise<void> {
  await writer.run(sql`UPDATE endpoints SET running = ${running ? 1 : 0}, last_update_time = ${time} WHERE id = ${id}`);
}

export async function setCaptureRun(writer: Writer, id: number, run: string): Promise<void> {
  await writer.run(sql`UPDATE endpoints SET capture_run = ${run} WHERE id = ${id}`);
}

/** With its models and counts. */
export async function deleteEndpoint(writer: Writer, id: number): Promise<void> {
  await writer.run(sql`DELETE FROM endpoints WHERE id = ${id}`);
}
