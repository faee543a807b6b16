/** The run that what is logged by itself goes to: the active one, else one of its own. */
import { activeRun, startRun } from './fluent-runs.ts';
import type { ActiveRun } from './run.ts';
import type { TextValue } from './run-values.ts';

export interface AutologOptions {
  /** Logs the trained model. Default: true. */
  readonly logModels?: boolean | undefined;
  /** Logs what it was trained on, as dataset with digest and schema. Default: true. */
  readonly logDatasets?: boolean | undefined;
  /** Keeps the first rows with the model. Default: false. */
  readonly logInputExamples?: boolean | undefined;
  /** Default: true. */
  readonly logModelSignatures?: boolean | undefined;
  /** Registers each model that is logged as a version under this name. */
  readonly registeredModelName?: string | undefined;
  /** Logs to runs of its own only, and nothing while another is active. Default: false. */
  readonly exclusive?: boolean | undefined;
  /** Says nothing when something cannot be logged. Default: false. */
  readonly silent?: boolean | undefined;
  /** Tags of the runs that it starts. */
  readonly extraTags?: Readonly<Record<string, TextValue>> | undefined;
  /** Takes it off again. */
  readonly disable?: boolean | undefined;
}

export type Warn = (what: string, error: unknown) => void;

/** Logging never breaks a training: what fails is said, once for each reason. */
export function warner({ silent = false }: AutologOptions): Warn {
  const said = new Set<string>();
  return (what, error) => {
    const reason = error instanceof Error ? error.message : String(error);
    if (silent || said.has(reason)) return;
    said.add(reason);
    console.warn(`Autologging: ${what} could not be logged: ${reason}`);
  };
}

/**
 * Trains with a run that takes what is logged. One that is active stays so; else one is started, which ends with the
 * training: FINISHED, or FAILED when it throws. When none can be started, the training goes on without.
 *
 * @param library names it in the run's tags
 */
export async function withRun<T>(
  library: string,
  options: AutologOptions,
  warn: Warn,
  train: (run: ActiveRun | undefined) => Promise<T>,
): Promise<T> {
  const active = activeRun();
  if (active) return train(options.exclusive ? undefined : active);
  let training: Promise<T> | undefined;
  try {
    await startRun({ tags: { 'mlflow.autologging': library, ...options.extraTags } }, (run) => (training = train(run)));
  } catch (error) {
    // That of the training itself reaches the caller below.
    const own = await training?.then(
      () => true,
      (reason: unknown) => reason !== error,
    );
    if (own !== false) warn('the run', error);
  }
  return training ?? train(undefined);
}
