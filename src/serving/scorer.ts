/** What answers scoring requests, whatever runs the model: ONNX Runtime in this process, workers of Python or of R. */

/** The body of a request, not read yet; its content type is known to be one of these. */
export interface ScoringRequest {
  readonly body: Uint8Array;
  readonly format: 'json' | 'csv' | 'parquet';
  /** The scorer may take the body away: nobody reads it afterwards. */
  readonly isGiven?: boolean;
}

/** JSON, as the answer's body has it. Errors of the request and of the model are answers too. */
export interface ScoringAnswer {
  readonly status: number;
  readonly body: string | Uint8Array;
  /** Seconds after which the same request may do better. */
  readonly retryAfter?: number | undefined;
}

export interface Scorer {
  /** Always resolves, within the time that a request may take. */
  score(request: ScoringRequest): Promise<ScoringAnswer>;
  /** What is in hand, for the metrics. */
  readonly load: ScorerLoad;
  /** Resolves when the model can score: environments made, workers up, warmed up with the input example. */
  readonly ready: Promise<void>;
  /** Answers what is in hand, takes no more, and gives everything back. */
  close(): Promise<void>;
}

export interface ScorerLoad {
  /** Requests that wait. */
  readonly queued: number;
  /** Requests that are being scored. */
  readonly running: number;
  /** Workers that were started again after a crash or because a request took too long. */
  readonly restarts: number;
}
