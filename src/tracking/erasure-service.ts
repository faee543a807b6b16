/** The rules of erasing by request: only what is deleted and nobody needs, and an experiment only by its name. */
import type { eraseExperiment, eraseRuns } from '../protocol/erasure.ts';
import { invalidParameter, type ApiError } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { Decoded, Encoded } from '../protocol/schema.ts';
import {
  deletedExperiment,
  Erasure,
  neededOfExperiment,
  type ErasureParts,
  type RegisteredVersion,
} from './erasure.ts';
import { runsByUuid } from './erasure-store.ts';
import { experimentIdOf } from './experiment-service.ts';
import { lifecycle } from './lifecycle.ts';

const mostNamed = 100;

export class ErasureService {
  readonly #parts: ErasureParts;

  constructor(parts: ErasureParts) {
    this.#parts = parts;
  }

  async eraseRuns(request: Decoded<(typeof eraseRuns)['request']>): Promise<Encoded<(typeof eraseRuns)['response']>> {
    const uuids = [...new Set(request.run_ids)];
    if (uuids.length > limits.erasedRuns) {
      throw invalidParameter(`At most ${limits.erasedRuns} runs are erased at once, not ${uuids.length}.`);
    }
    const { database, filesInUse } = this.#parts;
    const { runs, inUse } = await database.read(async (reader) => ({
      runs: await runsByUuid(reader, uuids),
      inUse: await filesInUse(reader),
    }));
    const active = runs.find((run) => run.lifecycle !== lifecycle.deleted);
    if (active) {
      throw invalidParameter(`The run ${active.uuid} is active. Delete it first: only what is deleted can be erased.`);
    }
    for (const { uuid } of runs) {
      const by = inUse.get(uuid);
      if (by) throw stays(`run ${uuid}`, by);
    }
    const { erasure, answer } = this.#counted();
    await erasure.runs(uuids);
    return answer();
  }

  async eraseExperiment(
    request: Decoded<(typeof eraseExperiment)['request']>,
  ): Promise<Encoded<(typeof eraseExperiment)['response']>> {
    const { max_runs: most, name } = request;
    const id = experimentIdOf(request.experiment_id);
    if (most < 1 || most > limits.erasedAtOnce) {
      throw invalidParameter(`One call erases 1 to ${limits.erasedAtOnce} runs (max_runs), not ${most}.`);
    }
    const { database, filesInUse } = this.#parts;
    const row = await database.read((reader) => deletedExperiment(reader, id));
    if (row.name !== name) {
      throw invalidParameter(`The experiment ${id} has another name. To erase it for good, \`name\` must be its name.`);
    }
    const [needed] = await database.read(async (reader) => neededOfExperiment(reader, id, await filesInUse(reader)));
    if (needed) throw stays(`experiment ${id}`, needed.by);
    const { erasure, answer } = this.#counted();
    const remaining = await erasure.experiment(id, most);
    return { ...answer(), remaining_runs: remaining };
  }

  #counted(): {
    erasure: Erasure;
    answer: () => { erased_runs: number; erased_models: number; kept_artifacts: string[] };
  } {
    const erased = { run: 0, logged_model: 0, experiment: 0 };
    const kept: string[] = [];
    const erasure = new Erasure({
      ...this.#parts,
      onErased: (kind) => erased[kind]++,
      onKept: (uri) => {
        if (kept.length < mostNamed) kept.push(uri);
      },
    });
    return {
      erasure,
      answer: () => ({ erased_runs: erased.run, erased_models: erased.logged_model, kept_artifacts: kept }),
    };
  }
}

function stays(thing: string, { name, version }: RegisteredVersion): ApiError {
  return invalidParameter(
    `The ${thing} stays: version ${version} of the registered model "${name}" needs the files in it. Delete the version first.`,
  );
}
