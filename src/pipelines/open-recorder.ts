/** Finds out where a build is recorded, before anything runs. */
import { setExperiment } from '../sdk/fluent-experiments.ts';
import { ConnectionError } from '../sdk/errors.ts';
import { environment, getTrackingUri, settingsOf } from '../sdk/settings.ts';
import type { Pipeline } from './pipeline.ts';
import { noRecorder, type Recorder } from './recorder.ts';
import { RunRecorder } from './run-recorder.ts';

export interface RecordingOptions {
  readonly record: boolean;
  readonly experimentName: string | undefined;
  /** Somebody said where the server is; one that is not there is then an error. */
  readonly serverIsNamed: boolean;
  readonly note: (line: string) => void;
}

/** @throws what the SDK does */
export async function openRecorder(pipeline: Pipeline, options: RecordingOptions): Promise<Recorder> {
  const { record, experimentName, serverIsNamed, note } = options;
  if (!record) return noRecorder;
  const named = serverIsNamed || environment('MLFLOW_TRACKING_URI') !== undefined;
  try {
    const name = experimentName ?? environment('MLFLOW_EXPERIMENT_NAME');
    const id = name === undefined ? environment('MLFLOW_EXPERIMENT_ID') : undefined;
    const { experimentId } = await setExperiment(id === undefined ? (name ?? pipeline.name) : { experimentId: id });
    return new RunRecorder(settingsOf(), experimentId, note);
  } catch (error) {
    if (named || !(error instanceof ConnectionError)) throw error;
    note(`Not recorded: no server answers at ${getTrackingUri()}. MLFLOW_TRACKING_URI says where one is.`);
    return noRecorder;
  }
}
