/** What is told of a build, while it goes on and at its end. */
import type { PipelineRecord, ProductRecord, TaskRecord } from '../protocol/pipeline-record.ts';
import type { PlannedTask } from './plan.ts';
import type { Pipeline, Product } from './pipeline.ts';

export class BuildRecord {
  readonly #head: Omit<PipelineRecord, 'tasks' | 'ended'>;
  readonly #tasks: Map<string, TaskRecord>;
  readonly #onChange: () => void;
  #ended: number | undefined;

  constructor(pipeline: Pipeline, plan: readonly PlannedTask[], onChange: () => void = () => undefined) {
    this.#head = { format: 1, name: pipeline.name, file: pipeline.file, started: Date.now() };
    this.#tasks = new Map(plan.map((planned) => [planned.task.name, taskRecord(planned)]));
    this.#onChange = onChange;
  }

  get value(): PipelineRecord {
    const ended = this.#ended;
    return { ...this.#head, ...(ended !== undefined && { ended }), tasks: [...this.#tasks.values()] };
  }

  task(name: string): TaskRecord {
    const task = this.#tasks.get(name);
    if (!task) throw new Error(`${name} is not in the build`);
    return task;
  }

  /** @param changes undefined takes away */
  change(name: string, changes: { [Key in keyof TaskRecord]?: TaskRecord[Key] | undefined }): TaskRecord {
    const all = Object.entries({ ...this.task(name), ...changes }).filter(([, value]) => value !== undefined);
    const changed = Object.fromEntries(all) as unknown as TaskRecord;
    this.#tasks.set(name, changed);
    this.#onChange();
    return changed;
  }

  end(): void {
    this.#ended = Date.now();
    this.#onChange();
  }
}

function taskRecord({ task, why, built }: PlannedTask): TaskRecord {
  const { name, kind, source, facts, upstream, params, products } = task;
  return {
    name,
    kind,
    source,
    ...(facts.doc !== undefined && { doc: facts.doc }),
    upstream,
    params,
    products: products.map(productRecord),
    state: why === undefined ? 'skipped' : 'waiting',
    reason: why ?? 'up to date',
    ...(why !== undefined && { next: why }),
    ...(why === undefined &&
      built && {
        started: built.started,
        ended: built.ended,
        ...(built.runId !== undefined && { runId: built.runId }),
      }),
  };
}

export function productRecord({ key, identifier, kind }: Product): ProductRecord {
  return { ...(key !== undefined && { key }), identifier, kind };
}
