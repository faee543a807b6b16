/**
 * Which experiment of ours stands for which of the source. One keeps its id and its name unless another has them: then
 * it gets the next free id, and a name with `(imported)`. Ids of more than 15 digits, as MLflow's file store gives, are
 * too long to be kept. What got another id has the old one as a tag, by which it is found again.
 */
import { sql } from '../common/sql.ts';
import type { Database, Reader, Writer } from '../database/database.ts';
import type { ArtifactRepository } from '../artifacts/artifact-repository.ts';
import { parseArtifactUri } from '../protocol/artifact-uri.ts';
import { childUri } from '../tracking/experiment-service.ts';
import {
  findExperiment, findExperimentByName, insertExperiment, setExperimentTags, type ExperimentRow,
} from '../tracking/experiment-store.ts'; // prettier-ignore
import { differences } from './compare.ts';
import { lifecycleOf } from './own-inserts.ts';
import { experimentRecords } from './own-records.ts';
import type { ExperimentRecord } from './records.ts';
import type { Report } from './report.ts';

const formerIdTag = 'modelyard.import.experiment_id';

export interface Place {
  readonly id: number;
  /** URI below which its runs keep artifacts that are brought. */
  readonly root: string;
}

interface Options {
  readonly database: Database;
  readonly repository: ArtifactRepository | undefined;
  readonly artifactRoot: string;
  readonly report: Report;
  readonly dryRun: boolean;
}

export class ExperimentPlaces {
  readonly #options: Options;
  readonly #places = new Map<string, Place>();
  /** Of a dry run, which makes none. */
  #nextId = -1;

  constructor(options: Options) {
    this.#options = options;
  }

  of(experimentId: string): Place | undefined {
    return this.#places.get(experimentId);
  }

  async bring(record: ExperimentRecord): Promise<void> {
    const { database, dryRun } = this.#options;
    const work = async (reader: Reader, writer?: Writer): Promise<void> => {
      const own = await this.#find(reader, record);
      if (own) await this.#merge(reader, own, record, writer);
      else await this.#make(reader, record, writer);
    };
    await (dryRun ? database.read((reader) => work(reader)) : database.write((writer) => work(writer, writer)));
  }

  /** The same experiment, brought before or from the first the same. */
  async #find(reader: Reader, record: ExperimentRecord): Promise<ExperimentRow | undefined> {
    if (record.experiment_id === '') return findExperimentByName(reader, record.name);
    const id = idOf(record.experiment_id);
    const same = id === undefined ? undefined : await findExperiment(reader, id);
    if (same && (id === 0 || same.name === record.name || same.creation_time === record.creation_time)) return same;
    return reader.first<ExperimentRow>(
      sql`SELECT e.* FROM experiments e JOIN experiment_tags t ON t.experiment = e.id
          WHERE t.key = ${formerIdTag} AND t.value = ${record.experiment_id} AND e.creation_time = ${record.creation_time}`,
    );
  }

  async #merge(reader: Reader, own: ExperimentRow, record: ExperimentRecord, writer?: Writer): Promise<void> {
    const { report } = this.#options;
    this.#settle(record, own.id, own.artifact_location);
    if (record.experiment_id === '') return report.count('experiment', 'there');
    const [ours] = await experimentRecords(reader, [own]);
    if (!ours) return;
    const wanted = own.id === 0 ? mergedDefault(ours, record) : await this.#asHere(reader, record, own);
    const different = differences(ours, wanted);
    if (own.id === 0 && writer) {
      await setExperimentTags(writer, 0, wanted.tags);
      writer.changed('experiment', '0');
      if (record.name !== own.name) report.note('experiment', '0', `it is called '${own.name}' here`);
      report.count('experiment', different.length > 0 ? 'brought' : 'there');
    } else if (different.length === 0) report.count('experiment', 'there');
    else report.add('experiment', record.experiment_id, 'differs', `it is there as ${own.id} with another ${different.join(', ')}, and was left`); // prettier-ignore
  }

  async #make(reader: Reader, record: ExperimentRecord, writer?: Writer): Promise<void> {
    const { report } = this.#options;
    const wish = idOf(record.experiment_id);
    const isFree = wish !== undefined && (await findExperiment(reader, wish)) === undefined;
    const name = await freeName(reader, record.name);
    if (!writer) this.#settle(record, isFree ? wish : this.#nextId--, '');
    else {
      const base = { name, artifactLocation: '', time: record.creation_time };
      const id = await insertExperiment(writer, isFree ? { ...base, id: wish } : base);
      const location = this.#locationOf(record, id);
      await writer.run(
        sql`UPDATE experiments SET artifact_location = ${location}, lifecycle = ${lifecycleOf(record.lifecycle_stage)},
              last_update_time = ${record.last_update_time} WHERE id = ${id}`,
      );
      await setExperimentTags(writer, id, tagsOf(record, String(id)));
      writer.changed('experiment', String(id));
      this.#settle(record, id, location);
    }
    report.count('experiment', 'brought');
    if (record.experiment_id === '') return;
    const id = this.of(record.experiment_id)?.id ?? -1;
    const why = wish === undefined ? 'ids of more than 15 digits cannot be kept' : 'another experiment has this id';
    if (!isFree) report.note('experiment', record.experiment_id, id < 0 ? `it would get another id: ${why}` : `it has the id ${id} here: ${why}`); // prettier-ignore
    if (name !== record.name) {
      report.note(
        'experiment',
        record.experiment_id,
        `it is called '${name}' here: another is called '${record.name}'`,
      );
    }
  }

  #settle(record: ExperimentRecord, id: number, location: string): void {
    const { artifactRoot } = this.#options;
    const root = [location, childUri(artifactRoot, String(id))].find((uri) => uri !== '' && this.#canStore(uri));
    this.#places.set(record.experiment_id, { id, root: root ?? childUri('mlflow-artifacts:/', String(id)) });
  }

  /** The record as it would have been brought. */
  async #asHere(reader: Reader, record: ExperimentRecord, own: ExperimentRow): Promise<ExperimentRecord> {
    const wasRenamed = own.name !== record.name && (await findExperimentByName(reader, record.name))?.id !== own.id;
    return {
      ...record,
      experiment_id: String(own.id),
      name: wasRenamed && own.name.startsWith(`${record.name} (imported`) ? own.name : record.name,
      artifact_location: this.#locationOf(record, own.id),
      tags: tagsOf(record, String(own.id)),
    };
  }

  /** Local folders of the source become ours; other storage stays where it is. */
  #locationOf({ artifact_location: location }: ExperimentRecord, id: number): string {
    const { repository, artifactRoot } = this.#options;
    const isLocal = ['file', 'mlflow-artifacts'].includes(parseArtifactUri(location).scheme);
    return repository && isLocal ? childUri(artifactRoot, String(id)) : location;
  }

  #canStore(uri: string): boolean {
    try {
      this.#options.repository?.storeFor(uri);
      return true;
    } catch {
      return false;
    }
  }
}

/** Experiment 0 is everywhere: ours stays, and takes the tags that it does not have. */
function mergedDefault(ours: ExperimentRecord, record: ExperimentRecord): ExperimentRecord {
  const known = new Set(ours.tags.map(({ key }) => key));
  return { ...ours, tags: [...ours.tags, ...record.tags.filter(({ key }) => !known.has(key))] };
}

function tagsOf({ tags, experiment_id }: ExperimentRecord, id: string): ExperimentRecord['tags'] {
  if (experiment_id === id || experiment_id === '') return tags;
  return [...tags.filter(({ key }) => key !== formerIdTag), { key: formerIdTag, value: experiment_id }];
}

function idOf(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

async function freeName(reader: Reader, name: string): Promise<string> {
  for (let i = 0; ; i++) {
    const tried = i === 0 ? name : `${name} (imported${i === 1 ? '' : ` ${i}`})`;
    if (!(await findExperimentByName(reader, tried))) return tried;
  }
}
