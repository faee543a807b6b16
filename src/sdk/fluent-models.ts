/** The fluent functions of logged models. */
import { experimentIdForRuns } from './fluent-experiments.ts';
import { registerModel } from './fluent-registry.ts';
import { activeRun } from './fluent-runs.ts';
import { logModelTo, type LoggedModel, type LogModelOptions, type ModelContent } from './models/logged-model.ts';
import { settingsOf } from './settings.ts';

/**
 * Logs a model: its files with an MLmodel file that MLflow's readers understand. It belongs to the active run, or to the
 * experiment alone when there is none.
 *
 * @param model such as `onnxModel(bytes)`, `tensorflowModel(model)`, or files and flavors of your own
 */
export async function logModel(
  model: ModelContent | Promise<ModelContent>,
  options: LogModelOptions & { readonly registeredModelName?: string | undefined } = {},
): Promise<LoggedModel> {
  const run = activeRun();
  const content = await model;
  const home = run
    ? { experimentId: run.info.experimentId, runId: run.runId }
    : { experimentId: await experimentIdForRuns() };
  const logged = await logModelTo(run?.settings ?? settingsOf(), home, content, options);
  if (options.registeredModelName !== undefined) await registerModel(logged.modelUri, options.registeredModelName);
  return logged;
}
