import { championAlias } from '../../protocol/automl-record.ts';
import { registerModel, setRegisteredModelAlias } from '../../sdk/fluent-registry.ts';
import { getRun } from '../../sdk/fluent-runs.ts';

/** Registers the model of a trial. @returns such as `churn/3` */
export async function registerBest(runId: string, name: string): Promise<string> {
  const { outputs } = await getRun(runId);
  const logged = outputs.modelOutputs.at(-1)?.modelId;
  const { version } = await registerModel(logged === undefined ? `runs:/${runId}/model` : `models:/${logged}`, name);
  await setRegisteredModelAlias(name, championAlias, version);
  return `${name}/${version}`;
}
