/** Names that a search is asked for, against a file whose head names its columns: wrong ones are told before there is a run. */
import { existsSync, statSync } from 'node:fs';
import { didYouMean } from '../../common/did-you-mean.ts';
import type { AutomlConfig } from '../../protocol/automl-config.ts';
import { csvNames } from '../../serving/batch/csv-dialect.ts';
import { DataError } from './data-error.ts';

/** Nothing is said of data of which only Python knows the columns. @throws DataError */
export async function checkColumns(config: AutomlConfig): Promise<void> {
  const names = await namesIn(config.dataset.replace(/^file:\/\//, ''));
  if (!names || config.query !== undefined) return;
  for (const [name, option] of namesAsked(config)) {
    if (names.includes(name)) continue;
    const what = option === 'target_col' ? 'to predict' : `(${option})`;
    throw new DataError(`The data has no column '${name}' ${what}.${hint(name, names)}`);
  }
}

function namesAsked(config: AutomlConfig): (readonly [name: string, option: string])[] {
  const { target_col, time_col, split_col, sample_weight_col } = config;
  const single = Object.entries({ target_col, time_col, split_col, sample_weight_col });
  const { exclude_cols, identity_col, covariates } = config;
  const lists = Object.entries({ exclude_cols, imputers: Object.keys(config.imputers), identity_col, covariates });
  return [
    ...single.flatMap(([option, name]) => (name === undefined || name === '' ? [] : [[name, option] as const])),
    ...lists.flatMap(([option, names]) => names.map((name) => [name, option] as const)),
  ];
}

const mostNamed = 12;

function hint(name: string, names: readonly string[]): string {
  const more = names.length > mostNamed ? ', …' : '';
  return didYouMean(name, names) || ` There are: ${names.slice(0, mostNamed).join(', ')}${more}.`;
}

async function namesIn(path: string): Promise<readonly string[] | undefined> {
  if (!existsSync(path) || !statSync(path).isFile()) return undefined;
  const file = Bun.file(path);
  const start = Buffer.from(await file.slice(0, 16).arrayBuffer()).toString('latin1');
  const names = start.startsWith('PAR1') ? await parquetNames(file) : await textNames(file, start);
  // Columns without a name, and several of one, get others.
  const isPlain = names?.every((name, place) => name !== '' && names.indexOf(name) === place) === true;
  return isPlain ? names : undefined;
}

async function parquetNames(file: Blob): Promise<readonly string[] | undefined> {
  const { parquetMetadataAsync, parquetSchema } = await import('hyparquet');
  const slice = (from: number, to?: number): Promise<ArrayBuffer> => file.slice(from, to ?? file.size).arrayBuffer();
  const metadata = await parquetMetadataAsync({ byteLength: file.size, slice }).catch(() => undefined);
  return metadata && parquetSchema(metadata).children.map(({ element }) => element.name);
}

/** Of CSV. Packed files, spreadsheets and databases begin with signs that no text has, JSON with a bracket. */
async function textNames(file: Blob, start: string): Promise<readonly string[] | undefined> {
  // eslint-disable-next-line no-control-regex
  return /^\s*[[{]|^PK|[\0-\x08\x1f]/.test(start) || start.startsWith('SQLite') ? undefined : csvNames(file);
}
