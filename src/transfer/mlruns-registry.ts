/** The registry of MLflow's file store: `models/<name>/`, a version a folder in it. */
import { join } from 'node:path';
import { deletedStage, integerOf, loggedModelOf } from './mlflow-values.ts';
import { foldersIn, integerIn, readMeta, required, valuesIn } from './mlruns-files.ts';
import type { RegisteredModelRecord, VersionRecord } from './records.ts';
import { reasonOf, type Report } from './report.ts';
import { textOf } from './yaml.ts';

export function registeredModelIn(folder: string, report: Report): RegisteredModelRecord {
  const meta = readMeta(folder);
  const name = required(meta, 'name');
  const numbers = foldersIn(folder).flatMap((child) => /^version-(\d+)$/.exec(child)?.[1] ?? []).map(Number); // prettier-ignore
  const versions = numbers.flatMap((number) => {
    try {
      return versionIn(join(folder, `version-${number}`), number);
    } catch (error) {
      report.add('model_version', `${name}/${number}`, 'failed', reasonOf(error));
      return [];
    }
  });
  const created = Number(integerIn(meta, 'creation_timestamp') ?? 0);
  const kept = versions.filter(({ current_stage }) => current_stage !== deletedStage);
  return {
    name,
    description: textOf(meta, 'description') ?? null,
    creation_time: created,
    last_update_time: Number(integerIn(meta, 'last_updated_timestamp') ?? created),
    last_version: Math.max(0, ...numbers),
    tags: valuesIn(join(folder, 'tags')),
    aliases: aliasesIn(folder, name, report),
    versions: kept.toSorted((a, b) => a.version - b.version),
    events: undefined,
  };
}

function aliasesIn(folder: string, name: string, report: Report): RegisteredModelRecord['aliases'] {
  return valuesIn(join(folder, 'aliases')).flatMap(({ key: alias, value }) => {
    if (/^\s*\d{1,15}\s*$/.test(value)) return { alias, version: Number(value) };
    report.add('alias', `${name}@${alias}`, 'failed', `'${value.slice(0, 80)}' is not the number of a version`);
    return [];
  });
}

function versionIn(folder: string, number: number): VersionRecord {
  const meta = readMeta(folder);
  const source = textOf(meta, 'source') ?? '';
  const created = Number(integerIn(meta, 'creation_timestamp') ?? 0);
  const status = textOf(meta, 'status');
  return {
    version: Number(integerOf(textOf(meta, 'version') ?? String(number))),
    creation_time: created,
    last_update_time: Number(integerIn(meta, 'last_updated_timestamp') ?? created),
    description: textOf(meta, 'description') ?? null,
    user_id: textOf(meta, 'user_id') ?? null,
    current_stage: textOf(meta, 'current_stage') ?? 'None',
    source,
    storage_location: textOf(meta, 'storage_location') ?? source,
    run_id: textOf(meta, 'run_id') ?? null,
    run_link: textOf(meta, 'run_link') ?? null,
    logged_model_id: textOf(meta, 'model_id') ?? loggedModelOf(source),
    status: status === 'PENDING_REGISTRATION' || status === 'FAILED_REGISTRATION' ? status : 'READY',
    status_message: textOf(meta, 'status_message') ?? null,
    tags: valuesIn(join(folder, 'tags')),
  };
}
