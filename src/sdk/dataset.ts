/** Datasets as runs record them: name, digest, source, schema and profile. */

import { columnsOf } from './columns.ts';

/** A dataset that is described already, or rows of one. */
export interface DatasetSource {
  /** Default: `dataset`. */
  readonly name?: string | undefined;
  /** Where it came from: a path or address. Default: the code itself. */
  readonly source?: string | undefined;
  /** `local`, `http`, `s3`, `code` … Default: told from the source. */
  readonly sourceType?: string | undefined;
  /** At most 36 characters. Default: of the rows. */
  readonly digest?: string | undefined;
  /** Rows as records or lists; they stay here, only digest, schema and profile of them are sent. */
  readonly rows?: readonly (Readonly<Record<string, unknown>> | readonly unknown[])[] | undefined;
  /** JSON or what becomes JSON. Default: of the rows. */
  readonly schema?: unknown;
  readonly profile?: unknown;
}

interface Tag {
  readonly key: string;
  readonly value: string;
}

/** The dataset as the API takes it. */
export async function datasetInputOf(
  dataset: DatasetSource,
  tags: Readonly<Record<string, string>>,
): Promise<{
  dataset: Record<'name' | 'digest' | 'source_type' | 'source', string> & { schema?: string; profile?: string };
  tags: Tag[];
}> {
  const { rows, source } = dataset;
  const schema = dataset.schema ?? (rows && { mlflow_colspec: columnsOf(rows) });
  const profile = dataset.profile ?? (rows && profileOf(rows));
  const sourceType = dataset.sourceType ?? typeOf(source);
  return {
    dataset: {
      name: dataset.name ?? 'dataset',
      digest: dataset.digest ?? (await digestOf(rows ?? [dataset.name ?? '', source ?? ''])),
      source_type: sourceType,
      source: JSON.stringify(sourceOf(sourceType, source)),
      ...(schema === undefined ? {} : { schema: jsonText(schema) }),
      ...(profile === undefined ? {} : { profile: jsonText(profile) }),
    },
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
  };
}

function jsonText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function typeOf(source: string | undefined): string {
  if (source === undefined) return 'code';
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(source)?.[1]?.toLowerCase();
  if (scheme === undefined || scheme === 'file') return 'local';
  return scheme === 'https' ? 'http' : scheme;
}

function sourceOf(type: string, source: string | undefined): Record<string, unknown> {
  if (source === undefined) return { tags: {} };
  return type === 'http' ? { url: source } : { uri: source };
}

async function digestOf(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function profileOf(rows: NonNullable<DatasetSource['rows']>): Record<string, number> {
  return { num_rows: rows.length, num_elements: rows.reduce((sum, row) => sum + Object.keys(row).length, 0) };
}
