/** The record of a build as the pages take it: a client may have written anything. */
import {
  taskKinds,
  taskStates,
  type PipelineRecord,
  type ProductRecord,
  type TaskRecord,
  type TaskState,
} from '../../../src/protocol/pipeline-record.ts';

export { taskStates };
export type { PipelineRecord, ProductRecord, TaskRecord, TaskState };

type Fields = Readonly<Record<string, unknown>>;

/** Null for what is no record of a build. */
export function readRecord(json: string): PipelineRecord | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  const record = fields(value);
  if (!Array.isArray(record['tasks'])) return null;
  return {
    format: 1,
    name: text(record['name']) ?? '',
    file: text(record['file']) ?? '',
    started: number(record['started']) ?? 0,
    ...optional('ended', number(record['ended'])),
    tasks: record['tasks'].map((task) => readTask(fields(task))).filter(({ name }) => name !== ''),
  };
}

function readTask(task: Fields): TaskRecord {
  return {
    name: text(task['name']) ?? '',
    kind: taskKinds.find((kind) => kind === task['kind']) ?? 'script',
    source: text(task['source']) ?? '',
    ...optional('doc', text(task['doc'])),
    upstream: list(task['upstream']).flatMap((name) => (typeof name === 'string' ? [name] : [])),
    params: fields(task['params']),
    products: list(task['products']).map((product) => readProduct(fields(product))),
    state: taskStates.find((state) => state === task['state']) ?? 'waiting',
    reason: text(task['reason']) ?? '',
    ...optional('next', text(task['next'])),
    ...optional('runId', text(task['runId'])),
    ...optional('started', number(task['started'])),
    ...optional('ended', number(task['ended'])),
    ...optional('error', text(task['error'])),
  };
}

function readProduct(product: Fields): ProductRecord {
  return {
    ...optional('key', text(product['key'])),
    identifier: text(product['identifier']) ?? '',
    kind: (['file', 'folder', 'relation'] as const).find((kind) => kind === product['kind']) ?? 'file',
    ...optional('size', number(product['size'])),
    ...optional('artifact', text(product['artifact'])),
  };
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function optional<Name extends string, T>(name: Name, value: T | undefined): Partial<Record<Name, T>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, T>);
}
