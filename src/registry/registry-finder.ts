/** Registered models and versions by part of their name, or by the run they came from. */
import type { Database } from '../database/database.ts';
import { raw, sql } from '../common/sql.ts';
import { containing, startingWith } from '../search/text-search.ts';
import { findVersions } from './model-version-store.ts';
import { aliasesOfModels, findModels } from './registered-model-store.ts';
import { versionKey } from './registry-reader.ts';
import { modelConditions, versionConditions } from './registry-search.ts';

interface VersionName {
  readonly name: string;
  readonly version: string;
}

export class RegistryFinder {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The first hundred. */
  async versionsOfRun(runId: string): Promise<(VersionName & { aliases: string[] })[]> {
    return this.#database.read(async (reader) => {
      const rows = await findVersions(reader, [sql`v.run_id = ${runId}`], raw('m.name, v.version'), 100, 0);
      const models = [...new Set(rows.map(({ model }) => model))];
      const aliases = Map.groupBy(await aliasesOfModels(reader, models), versionKey);
      return rows.map((row) => ({
        ...versionName(row),
        aliases: aliases.get(versionKey(row))?.map(({ alias }) => alias) ?? [],
      }));
    });
  }

  /** Models by part of their name; versions by `name/3`, where both may be but begun. Names that begin so come first. */
  async find(
    text: string,
    limit: number,
  ): Promise<{ registered_models: { name: string }[]; model_versions: VersionName[] }> {
    const [, name = '', version] = /^(.*)\/(\d*)$/.exec(text) ?? [];
    return this.#database.read(async (reader) => {
      const { dialect } = reader;
      const ofModel = [...modelConditions([], dialect), containing('m.name', text)];
      const models = await findModels(reader, ofModel, sql`${startingWith('m.name', text)} DESC, m.name`, limit, 0);
      if (version === undefined) return { registered_models: models.map(({ name }) => ({ name })), model_versions: [] };
      const ofVersion = [
        ...versionConditions([], dialect),
        containing('m.name', name),
        startingWith('v.version', version),
      ];
      const order = sql`m.name = ${name} DESC, m.name, v.version = ${Number(version)} DESC, v.version DESC`;
      const versions = await findVersions(reader, ofVersion, order, limit, 0);
      return { registered_models: models.map(({ name }) => ({ name })), model_versions: versions.map(versionName) };
    });
  }
}

function versionName({ name, version }: { name: string; version: number }): VersionName {
  return { name, version: String(version) };
}
