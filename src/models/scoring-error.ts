/** What is wrong with a request to score, as MLflow's scoring server says it. */
import { errorCatalogue } from '../protocol/errors.ts';

interface Details {
  /** Differs from that of the code where the input does not fit the signature. */
  readonly errorClass?: string | undefined;
  readonly sqlstate?: string | undefined;
  /** Of the model's own code, when that failed. */
  readonly stackTrace?: string | undefined;
}

type Code = 'BAD_REQUEST' | 'INVALID_PARAMETER_VALUE' | 'TEMPORARILY_UNAVAILABLE' | 'INTERNAL_ERROR';

export class ScoringError extends Error {
  override readonly name = 'ScoringError';
  readonly code: Code;
  readonly details: Details;

  constructor(code: Code, message: string, details: Details = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return errorCatalogue[this.code].status;
  }

  /** The body of the answer. */
  toJson(): string {
    const { sqlstate, errorClass } = errorCatalogue[this.code];
    return JSON.stringify({
      error_code: this.code,
      message: this.message,
      sqlstate: this.details.sqlstate ?? sqlstate,
      error_class: this.details.errorClass ?? errorClass,
      ...(this.details.stackTrace === undefined ? {} : { stack_trace: this.details.stackTrace }),
    });
  }
}

/** The body cannot be read, or a value not be cast. */
export function invalidInput(message: string): ScoringError {
  return new ScoringError('BAD_REQUEST', `Invalid input. ${message}`);
}

/** It was read and does not fit the signature. */
export function misfit(message: string): ScoringError {
  return new ScoringError('INVALID_PARAMETER_VALUE', `Failed to enforce schema of the input. Error: ${message}`, {
    sqlstate: 'KAM01',
    errorClass: 'SCHEMA_ENFORCEMENT_FAILED',
  });
}

/** The model itself failed on it. */
export function modelFailed(error: Error): ScoringError {
  const message =
    'Encountered an unexpected error while evaluating the model. Verify that the serialized input Dataframe is compatible with the model for inference.';
  return new ScoringError('BAD_REQUEST', message, { stackTrace: `${error.name}: ${error.message}` });
}
