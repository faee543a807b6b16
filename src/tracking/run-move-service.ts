/** The rules of moving runs to another experiment. */
import { invalidParameter } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { moveRuns } from '../protocol/run-moves.ts';
import type { Decoded, Encoded } from '../protocol/schema.ts';
import type { Database } from '../database/database.ts';
import { activeExperiment, experimentIdOf } from './experiment-service.ts';
import * as store from './run-move-store.ts';
import { activeRun } from './run-service.ts';

export class RunMoveService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async move(request: Decoded<(typeof moveRuns)['request']>): Promise<Encoded<(typeof moveRuns)['response']>> {
    const uuids = [...new Set(request.run_ids)];
    if (uuids.length === 0 || uuids.length > limits.movedRuns) {
      throw invalidParameter(`1 to ${limits.movedRuns} runs are moved at once, not ${uuids.length}.`);
    }
    const target = experimentIdOf(request.experiment_id);
    return this.#database.write(async (writer) => {
      await activeExperiment(writer, target);
      const named: number[] = [];
      for (const uuid of uuids) named.push((await activeRun(writer, uuid)).id);
      const most = limits.movedFamily;
      const family = request.alone
        ? await store.runsToMove(writer, named)
        : await store.runsWithDescendants(writer, named, most + 1);
      if (family.length > most) {
        throw invalidParameter(`Together with their descendants these are more than ${most} runs. Move fewer at once.`);
      }
      const moved = Map.groupBy(
        family.filter(({ experiment }) => experiment !== target),
        ({ experiment }) => experiment,
      );
      for (const [from, runs] of moved) {
        const ids = runs.map(({ id }) => id);
        await store.moveRuns(writer, ids, from, target);
        for (const { uuid } of runs) writer.changed('run', uuid);
        writer.changed('activity', String(from));
      }
      if (moved.size > 0) writer.changed('activity', String(target));
      return {
        moved: [...moved].map(([from, runs]) => ({
          experiment_id: String(from),
          run_ids: runs.map(({ uuid }) => uuid),
        })),
      };
    });
  }
}
