/** Registers what a search of AutoML found. */
import { isBaseline } from '../protocol/automl-baseline.ts';
import { automlTags, championAlias } from '../protocol/automl-record.ts';
import { registerBest } from '../protocol/automl.ts';
import { setTag } from '../protocol/runs.ts';
import { call } from './call.ts';
import { EndpointNotFoundError, InvalidParameterValueError, type MlflowError } from './errors.ts';
import { getRegisteredModel, registerModel, setRegisteredModelAlias } from './fluent-registry.ts';
import { getRun } from './fluent-runs.ts';
import { settingsOf } from './settings.ts';

const parentTag = 'mlflow.parentRunId';

export interface RegisteredTrial {
  readonly name: string;
  readonly version: string;
  /** Of the trial. */
  readonly runId: string;
  /** It got the alias `champion`, as the best of its search does; from another version no baseline takes it. */
  readonly champion: boolean;
}

/**
 * Makes the model of a trial the next version of a registered model, which is made when there is none. The search notes
 * that in its tag `modelyard.automl.registered`.
 *
 * @param search its run id
 * @param trial a run id. Default: the best so far
 * @throws MlflowError when there is no such search or trial, or it has no model, or the name is none for a model
 */
export async function registerAutoml(search: string, name: string, trial?: string): Promise<RegisteredTrial> {
  try {
    const asked = { run_id: search, name, trial_run_id: trial };
    const { model_version: made } = await call(settingsOf(), registerBest, asked);
    const champion = made?.aliases.includes(championAlias) === true;
    return { name, version: made?.version ?? '', runId: made?.run_id ?? '', champion };
  } catch (error) {
    if (error instanceof EndpointNotFoundError) return registerStepByStep(search, name, trial);
    throw error;
  }
}

/** On a server that knows runs and models alone. */
async function registerStepByStep(search: string, name: string, trial: string | undefined): Promise<RegisteredTrial> {
  const best = (await getRun(search)).data.tags[automlTags.best];
  const runId = trial ?? best;
  if (runId === undefined) throw refused(`No trial of the search ${search} has a model yet.`);
  const { info, data, outputs } = await getRun(runId);
  if (data.tags[parentTag] !== search || data.tags[automlTags.role] !== 'trial') {
    throw refused(`${runId} is no trial of the search ${search}.`);
  }
  const logged = outputs.modelOutputs.at(-1)?.modelId;
  // Clients before MLflow 3 log a model among the artifacts of its run.
  if (logged === undefined && info.status !== 'FINISHED') {
    throw refused(`The trial ${runId} has no model: only one that finished can be registered.`);
  }
  const { version } = await registerModel(logged === undefined ? `runs:/${runId}/model` : `models:/${logged}`, name);
  const hasOther = async (): Promise<boolean> => (await getRegisteredModel(name)).aliases[championAlias] !== undefined;
  const tagsOf = async (id: string) => (await getRun(id)).data.tags;
  const champion = runId === best && !((await isBaseline(runId, tagsOf)) && (await hasOther()));
  if (champion) await setRegisteredModelAlias(name, championAlias, version);
  await call(settingsOf(), setTag, { run_id: search, key: automlTags.registered, value: `${name}/${version}` });
  return { name, version, runId, champion };
}

/** As a server of ours does. */
function refused(message: string): MlflowError {
  return new InvalidParameterValueError('INVALID_PARAMETER_VALUE', message, 400);
}
