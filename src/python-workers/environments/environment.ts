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
  readonly what?: 'model' | 'project';
}
