/** A Python with what is needed in it. */
export interface PythonEnvironment {
  /** The folder; of the Python that is there already, undefined. */
  readonly path: string | undefined;
  readonly python: string;
}

export interface EnvironmentOptions {
  readonly onProgress: (step: string) => void;
  /** Gives up what is being made. */
  readonly signal?: AbortSignal | undefined;
  /** What it is for, in messages. Default: a model. */
  readonly what?: 'model' | 'project' | 'search';
  /** What to do where none can be made. Default: the advice of `--env-manager local`. */
  readonly instead?: string;
  /** Whether all modules are compiled now, for a first import that is as quick as all others. */
  readonly compile?: boolean;
}
