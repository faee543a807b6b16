/** Registered models with their versions, numbers and gaps kept; a model is there whole or not at all. */
import { sql } from '../common/sql.ts';
import type { Database, Writer } from '../database/database.ts';
import { insertVersion, setVersionTags } from '../registry/model-version-store.ts';
import { findModel, insertModel, setAlias, setModelTags, type RegisteredModelRow } from '../registry/registered-model-store.ts'; // prettier-ignore
import { ApiError } from '../protocol/errors.ts';
import { differences } from './compare.ts';
import type { MovedUris } from './moved-uris.ts';
import { registeredModelRecord } from './own-records.ts';
import type { EventRecord, RegisteredModelRecord, VersionRecord } from './records.ts';
import { reasonOf, type Report } from './report.ts';

interface Options {
  readonly database: Database;
  readonly report: Report;
  readonly dryRun: boolean;
}

export class RegistryTarget {
  readonly #options: Options;
  readonly #moved: MovedUris;

  constructor(options: Options, moved: MovedUris) {
    this.#options = options;
    this.#moved = moved;
  }

  async bring(given: RegisteredModelRecord): Promise<void> {
    const { database, report, dryRun } = this.#options;
    const record = { ...given, versions: given.versions.map((version) => this.#follow(version)) };
    const own = await database.read((reader) => findModel(reader, record.name));
    if (own) return this.#merge(own, record);
    try {
      if (!dryRun) await database.write((writer) => insertRecord(writer, record));
    } catch (error) {
      if (error instanceof ApiError) throw error;
      return report.add('registered_model', record.name, 'failed', reasonOf(error));
    }
    report.count('registered_model', 'brought');
    report.count('model_version', 'brought', record.versions.length);
  }

  #follow(version: VersionRecord): VersionRecord {
    const { source, storage_location } = version;
    return { ...version, source: this.#moved.follow(source), storage_location: this.#moved.follow(storage_location) };
  }

  async #merge(own: RegisteredModelRow, record: RegisteredModelRecord): Promise<void> {
    const { database, report, dryRun } = this.#options;
    const ours = await database.read((reader) => registeredModelRecord(reader, own));
    const known = new Map(ours.versions.map((version) => [version.version, version]));
    const isNew = ({ version }: VersionRecord): boolean => version > ours.last_version;
    const more = record.versions.filter(isNew);
    if (more.length > 0 && !dryRun) {
      const last = Math.max(...more.map(({ version }) => version));
      await database.write(async (writer) => {
        await writer.run(
          sql`UPDATE registered_models SET last_version = max(last_version, ${last}) WHERE id = ${own.id}`,
        );
        for (const version of more) await insertVersionRecord(writer, own.id, version);
        writer.changed('model', own.name);
      });
    }
    report.count('model_version', 'brought', more.length);
    for (const version of record.versions) {
      if (isNew(version)) continue;
      const other = known.get(version.version);
      const different = other ? differences(other, version) : undefined;
      const id = `${record.name}/${version.version}`;
      if (different?.length === 0) report.count('model_version', 'there');
      else report.add('model_version', id, 'differs', different ? `it is there with another ${different.join(', ')}, and was left` : 'it was deleted here'); // prettier-ignore
    }
    const { versions: _, ...head } = ours;
    const different = differences(head, { ...record, versions: undefined });
    if (different.length === 0) report.count('registered_model', 'there');
    else report.add('registered_model', record.name, 'differs', `it is there with another ${different.join(', ')}, and was left`); // prettier-ignore
  }
}

async function insertRecord(writer: Writer, record: RegisteredModelRecord): Promise<void> {
  const id = await insertModel(writer, record.name, record.description, record.creation_time);
  await writer.run(
    sql`UPDATE registered_models SET last_update_time = ${record.last_update_time}, last_version = ${record.last_version} WHERE id = ${id}`,
  );
  await setModelTags(writer, id, record.tags);
  for (const version of record.versions) await insertVersionRecord(writer, id, version);
  for (const alias of record.aliases) await setAlias(writer, { model: id, ...alias });
  for (const event of record.events ?? []) await insertEvent(writer, id, event);
  writer.changed('model', record.name);
}

/** As it was written then: its body is cut already. */
async function insertEvent(writer: Writer, model: number, event: EventRecord): Promise<void> {
  const { time, actor, kind, name, version, body, parts } = event;
  const { lastInsertId: id } = await writer.run(
    sql`INSERT INTO events (time, actor, kind, name, version, body)
        VALUES (${time}, ${actor}, ${kind}, ${name}, ${version}, ${JSON.stringify(body)})`,
  );
  await writer.runMany(
    'INSERT INTO event_subjects (type, thing, part, event) VALUES (?, ?, ?, ?)',
    parts.map((part) => ['model', model, part, id]),
  );
}

async function insertVersionRecord(writer: Writer, model: number, record: VersionRecord): Promise<void> {
  await insertVersion(writer, { ...record, model, time: record.creation_time });
  await writer.run(
    sql`UPDATE model_versions SET last_update_time = ${record.last_update_time}, user_id = ${record.user_id}, status = ${record.status},
          status_message = ${record.status_message}, current_stage = ${record.current_stage}
        WHERE model = ${model} AND version = ${record.version}`,
  );
  await setVersionTags(writer, { model, version: record.version }, record.tags);
}
