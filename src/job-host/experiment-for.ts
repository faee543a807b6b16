import { invalidParameter } from '../protocol/errors.ts';
import type { ExperimentService } from '../tracking/experiment-service.ts';

/** The id of the experiment that a job's run is to lie in: by its name, and then made when there is none, else by id. */
export async function experimentFor(
  experiments: ExperimentService,
  { id = '', name = '' }: { id?: string | undefined; name?: string | undefined },
): Promise<string> {
  if (name === '') {
    const found = await experiments.get(id || '0');
    if (found.lifecycle_stage === 'active') return id || '0';
    throw invalidParameter(`The experiment ${id || '0'} is deleted. Restore it, or name another.`);
  }
  return (await experimentNamed(experiments, name)) ?? experiments.create(name, undefined, []);
}

/** Its id; undefined when there is none, and none is made. */
export async function experimentNamed(experiments: ExperimentService, name: string): Promise<string | undefined> {
  const found = await experiments.getByName(name).catch(() => undefined);
  if (found?.lifecycle_stage === 'deleted') {
    throw invalidParameter(`The experiment '${name}' is deleted. Restore it, or name another.`);
  }
  return found?.experiment_id;
}
