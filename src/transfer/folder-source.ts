/** A folder that `modelyard export` wrote. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { artifactFolderOf, exportFiles, formatVersion, manifestName, type Manifest } from './export-files.ts';
import { doubleOf, int64Of, pointsOf, valuesOf, type MetricLine, type Written } from './json-lines.ts';
import { localArtifacts } from './local-artifacts.ts';
import type { ExperimentRecord, LoggedModelRecord, ModelMetric, RegisteredModelRecord, RunRecord } from './records.ts';
import type { Report } from './report.ts';
import type { ArtifactOwner, Artifacts, Source } from './source.ts';

type WrittenRun = Omit<RunRecord, 'start_time' | 'end_time' | 'deleted_time' | 'model_outputs' | 'points'> & {
  start_time: Written;
  end_time: Written | null;
  deleted_time?: Written | null;
  model_outputs: readonly { model_id: string; step: Written }[];
};

type WrittenModel = Omit<LoggedModelRecord, 'metrics'> & {
  metrics: readonly (Omit<ModelMetric, 'step' | 'timestamp' | 'value'> &
    Record<'step' | 'timestamp' | 'value', Written>)[];
};

export class FolderSource implements Source {
  readonly title: string;
  readonly #folder: string;
  readonly #report: Report;
  readonly #manifest: Manifest;

  constructor(folder: string, report: Report) {
    this.#folder = resolve(folder);
    this.title = `the export in ${this.#folder}`;
    this.#report = report;
    this.#manifest = JSON.parse(readFileSync(join(this.#folder, manifestName), 'utf8')) as Manifest;
    if (this.#manifest.version > formatVersion) {
      throw new Error(`${this.#folder} was written by a newer Modelyard. Upgrade this one.`);
    }
  }

  static isOne(folder: string): boolean {
    return existsSync(join(folder, manifestName));
  }

  async countRuns(): Promise<number> {
    return this.#manifest.runs;
  }

  experiments() {
    return this.#lines<ExperimentRecord>('experiments');
  }

  /** The lines of metrics stand in the order of the runs. */
  async *runs(): AsyncGenerator<RunRecord> {
    const metrics = this.#lines<MetricLine>('metrics');
    let next = await metrics.next();
    for await (const run of this.#lines<WrittenRun>('runs')) {
      const parts: MetricLine[] = [];
      for (; !next.done && next.value.run_id === run.run_id; next = await metrics.next()) parts.push(next.value);
      yield {
        ...run,
        start_time: int64Of(run.start_time),
        end_time: run.end_time === null ? null : int64Of(run.end_time),
        deleted_time: typeof run.deleted_time === 'string' ? BigInt(run.deleted_time) : run.deleted_time,
        model_outputs: run.model_outputs.map(({ model_id, step }) => ({ model_id, step: int64Of(step) })),
        points: parts.flatMap(pointsOf),
      };
    }
  }

  async *loggedModels(): AsyncGenerator<LoggedModelRecord> {
    for await (const model of this.#lines<WrittenModel>('loggedModels')) {
      const metrics = model.metrics.map((metric) => ({
        ...metric,
        step: int64Of(metric.step),
        timestamp: int64Of(metric.timestamp),
        value: doubleOf(metric.value),
      }));
      yield { ...model, metrics };
    }
  }

  registeredModels() {
    return this.#lines<RegisteredModelRecord>('registeredModels');
  }

  async artifacts(owner: ArtifactOwner): Promise<Artifacts> {
    const folder = join(this.#folder, artifactFolderOf(owner.kind, owner.id));
    if (existsSync(folder)) return localArtifacts(owner, [folder], this.#report);
    return { unreachable: `the export has no artifacts of it` };
  }

  async close(): Promise<void> {
    // Each file is closed at its end.
  }

  #lines<T>(name: keyof typeof exportFiles): AsyncGenerator<T> {
    return valuesOf<T>(join(this.#folder, exportFiles[name]));
  }
}
