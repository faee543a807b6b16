/** What the backend and the page tell each other. */

export type Kind = 'classification' | 'regression';

/** Each parameter with the values to try. */
export type Grid = Readonly<Record<string, readonly (string | number | boolean | null)[]>>;

export interface Model {
  readonly name: string;
  /** A grid to start from. */
  readonly grid: Grid;
}

export interface Dataset {
  readonly name: string;
  readonly title: string;
  readonly kind: Kind;
  readonly rows: number;
  readonly features: number;
  readonly target: string;
  /** What makes sense on it. */
  readonly models: readonly Model[];
}

/** GET /datasets */
export interface Choices {
  readonly datasets: readonly Dataset[];
  /** Modelyard's address. */
  readonly server: string;
}

/** A line of the answer of POST /track-experiment, which takes `{ dataset, model, grid }`. */
export type TrainEvent =
  | { readonly event: 'started'; readonly runId: string; readonly combinations: number }
  | { readonly event: 'progress'; readonly done: number; readonly of: number; readonly doing: string }
  | {
      readonly event: 'finished';
      readonly runId: string;
      readonly combinations: number;
      readonly metric: string;
      readonly best: number;
    };

/** GET /runs answers a list of these, newest first. */
export interface Search {
  readonly runId: string;
  readonly name: string;
  readonly dataset: string;
  readonly kind: string;
  readonly status: string;
  readonly startTime: number;
  readonly url: string;
  /** Best first. */
  readonly combinations: readonly Combination[];
}

export interface Combination {
  readonly runId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number>>;
  readonly url: string;
  /** As what, such as `iris-classifier v2 @champion`. */
  readonly registered: readonly string[];
}

/** A line of the answer of POST /deploy-model, which takes a CSV and `?runId=…&model=…&file=…`, its name. */
export type DeployEvent =
  | { readonly event: 'step'; readonly text: string }
  | {
      readonly event: 'finished';
      readonly model: string;
      readonly version: string;
      readonly rows: number;
      /** The first rows, with the predictions. */
      readonly preview: Table;
      readonly artifact: string;
      readonly links: Readonly<Record<'run' | 'model' | 'endpoint' | 'invocations', string>>;
    };

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
