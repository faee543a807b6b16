/** Into a folder of line-based files. The manifest comes last, so a folder without one is not whole. */
import { accessSync, closeSync, constants, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, writeFileSync, writeSync } from 'node:fs'; // prettier-ignore
import { join, resolve } from 'node:path';
import { LocalArtifactStore } from '../artifacts/local/local-artifact-store.ts';
import type { KeyedPoint } from '../tracking/metric-store.ts';
import { copyArtifacts } from './artifact-copy.ts';
import { byKeyAndMoment } from './compare.ts';
import { artifactFolderOf, exportFiles, formatVersion, manifestName, type Manifest } from './export-files.ts';
import { toLine } from './json-lines.ts';
import type { ExperimentRecord, LoggedModelRecord, RegisteredModelRecord, RunRecord } from './records.ts';
import type { Report } from './report.ts';
import type { ArtifactOwner, Source } from './source.ts';
import type { Target } from './transfer.ts';

export interface FolderTargetOptions {
  readonly folder: string;
  readonly source: Source;
  readonly report: Report;
  readonly copyArtifacts: boolean;
}

const pointsInLine = 1000;
/** Characters that are written at once. */
const pieceLength = 256 * 1024;

export class FolderTarget implements Target {
  readonly #options: FolderTargetOptions;
  readonly #folder: string;
  readonly #files: Record<keyof typeof exportFiles, LineFile>;
  #runs = 0;

  constructor(options: FolderTargetOptions) {
    this.#options = options;
    this.#folder = resolve(options.folder);
    makeFolder(this.#folder);
    if (readdirSync(this.#folder).length > 0) {
      throw new Error(`${this.#folder} is not empty. Give a new folder: an export is written from the start.`);
    }
    const open = (name: string): LineFile => new LineFile(join(this.#folder, name));
    this.#files = {
      experiments: open(exportFiles.experiments),
      runs: open(exportFiles.runs),
      metrics: open(exportFiles.metrics),
      loggedModels: open(exportFiles.loggedModels),
      registeredModels: open(exportFiles.registeredModels),
    };
  }

  async experiment(record: ExperimentRecord): Promise<void> {
    this.#files.experiments.add(record);
    this.#options.report.count('experiment', 'brought');
  }

  async run({ points, ...record }: RunRecord): Promise<void> {
    await this.#artifacts('run', record.run_id, record.experiment_id, record.artifact_uri);
    for (const [key, series] of Map.groupBy(points.toSorted(byKeyAndMoment), ({ key }) => key)) {
      for (let from = 0; from < series.length; from += pointsInLine) {
        const part = series.slice(from, from + pointsInLine).map(written);
        this.#files.metrics.add({ run_id: record.run_id, key, points: part });
      }
    }
    this.#files.runs.add(record);
    this.#runs++;
    this.#options.report.count('run', 'brought');
  }

  async loggedModel(record: LoggedModelRecord): Promise<void> {
    await this.#artifacts('logged_model', record.model_id, record.experiment_id, record.artifact_uri);
    this.#files.loggedModels.add(record);
    this.#options.report.count('logged_model', 'brought');
  }

  async registeredModel(record: RegisteredModelRecord): Promise<void> {
    this.#files.registeredModels.add(record);
    this.#options.report.count('registered_model', 'brought');
    this.#options.report.count('model_version', 'brought', record.versions.length);
  }

  async flush(): Promise<void> {
    // Lines are written as they fill.
  }

  async finish(): Promise<void> {
    for (const file of Object.values(this.#files)) file.close();
    const manifest: Manifest = {
      format: 'modelyard-export',
      version: formatVersion,
      source: this.#options.source.title,
      time: new Date().toISOString(),
      runs: this.#runs,
    };
    const path = join(this.#folder, manifestName);
    writeFileSync(`${path}.new`, `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
    renameSync(`${path}.new`, path);
  }

  async #artifacts(kind: ArtifactOwner['kind'], id: string, experimentId: string, uri: string): Promise<void> {
    const { source, report } = this.#options;
    if (!this.#options.copyArtifacts) return;
    const artifacts = await source.artifacts({ kind, id, experimentId, uri });
    if ('unreachable' in artifacts) {
      report.note('artifacts', id, artifacts.unreachable);
      return;
    }
    const folder = join(this.#folder, artifactFolderOf(kind, id));
    // Made for an empty one too: it says that the artifacts were brought.
    mkdirSync(folder, { recursive: true });
    const store = new LocalArtifactStore(folder);
    await copyArtifacts(artifacts, { store, owner: id, report, isThere: false, dryRun: false });
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'error';
    throw new Error(`Cannot write to ${path} (${code}). Give a new folder in a place where files can be made.`, {
      cause,
    });
  }
}

function written({ step, timestamp, value, nan }: KeyedPoint) {
  return [step, timestamp, nan === 1 ? NaN : value];
}

class LineFile {
  readonly #file: number;
  #text = '';

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  add(value: unknown): void {
    this.#text += toLine(value);
    if (this.#text.length >= pieceLength) this.#write();
  }

  close(): void {
    this.#write();
    fsyncSync(this.#file);
    closeSync(this.#file);
  }

  #write(): void {
    const bytes = Buffer.from(this.#text);
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
    this.#text = '';
  }
}
