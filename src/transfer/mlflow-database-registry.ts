/** The registry in MLflow's SQLite database. */
import type { SqlValue } from '../common/sql.ts';
import { text, type MlflowDatabase, type Row } from './mlflow-database.ts';
import { deletedStage, loggedModelOf } from './mlflow-values.ts';
import type { KeyValue, RegisteredModelRecord, VersionRecord } from './records.ts';

const modelColumns = ['name', 'creation_time', 'last_updated_time', 'description'];
const versionColumns = [
  'version', 'creation_time', 'last_updated_time', 'description', 'user_id', 'current_stage', 'source', 'storage_location',
  'run_id', 'run_link', 'status', 'status_message',
]; // prettier-ignore

export function* registeredModels(database: MlflowDatabase): Generator<RegisteredModelRecord> {
  const own = database.columnsOf('registered_models').has('workspace') ? "AND workspace = 'default'" : '';
  const where = (condition: string): string => `WHERE ${condition} ${own}`;
  const pairs = (table: string, condition: string, values: SqlValue[]): KeyValue[] =>
    database.rows(table, ['key', 'value'], where(condition), values).map((row) => ({
      key: row['key'] as string,
      value: text(row, 'value') ?? '',
    }));

  for (const row of database.rows('registered_models', modelColumns, `${where('1 = 1')} ORDER BY rowid`)) {
    const name = row['name'] as string;
    const versions = database.rows('model_versions', versionColumns, `${where('name = ?')} ORDER BY version`, [name]);
    const kept = versions.filter((version) => version['current_stage'] !== deletedStage);
    const created = Number(row['creation_time'] ?? 0);
    yield {
      name,
      description: text(row, 'description'),
      creation_time: created,
      last_update_time: Number(row['last_updated_time'] ?? created),
      last_version: Math.max(0, ...versions.map((version) => Number(version['version']))),
      tags: pairs('registered_model_tags', 'name = ?', [name]),
      aliases: database
        .rows('registered_model_aliases', ['alias', 'version'], where('name = ?'), [name])
        .map((alias) => ({ alias: alias['alias'] as string, version: Number(alias['version']) })),
      versions: kept.map((version) => ({
        ...versionOf(version),
        tags: pairs('model_version_tags', 'name = ? AND version = ?', [name, Number(version['version'])]),
      })),
      events: undefined,
    };
  }
}

function versionOf(row: Row): Omit<VersionRecord, 'tags'> {
  const source = text(row, 'source') ?? '';
  const status = text(row, 'status');
  const created = Number(row['creation_time'] ?? 0);
  return {
    version: Number(row['version']),
    creation_time: created,
    last_update_time: Number(row['last_updated_time'] ?? created),
    description: text(row, 'description'),
    // Empty texts are none, as a server tells them.
    user_id: text(row, 'user_id') || null,
    current_stage: text(row, 'current_stage') ?? 'None',
    source,
    storage_location: text(row, 'storage_location') ?? source,
    run_id: text(row, 'run_id'),
    run_link: text(row, 'run_link') || null,
    logged_model_id: loggedModelOf(source),
    status: status === 'PENDING_REGISTRATION' || status === 'FAILED_REGISTRATION' ? status : 'READY',
    status_message: text(row, 'status_message') || null,
  };
}
