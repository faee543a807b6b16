/** Errors of the SDK: what a server answered, by MLflow's error_code, and what kept a request from being answered. */

/** The server refused. `errorCode` is MLflow's own name of the reason; the message is the server's. */
export class MlflowError extends Error {
  // Said as text, since a bundler may shorten the names of classes.
  override readonly name: string = 'MlflowError';
  readonly errorCode: string;
  /** The HTTP status. */
  readonly status: number;

  constructor(errorCode: string, message: string, status: number) {
    super(message);
    this.errorCode = errorCode;
    this.status = status;
  }
}

/** 400: a parameter is missing, of the wrong type, too long or not allowed. */
export class InvalidParameterValueError extends MlflowError {
  override readonly name = 'InvalidParameterValueError';
}
/** 404: no such experiment, run, model, version, tag or artifact. */
export class ResourceDoesNotExistError extends MlflowError {
  override readonly name = 'ResourceDoesNotExistError';
}
/** 400: something of that name exists already, perhaps deleted but not erased. */
export class ResourceAlreadyExistsError extends MlflowError {
  override readonly name = 'ResourceAlreadyExistsError';
}
/** 404: the server does not offer the method. */
export class EndpointNotFoundError extends MlflowError {
  override readonly name = 'EndpointNotFoundError';
}
/** 401: credentials are missing or wrong. */
export class UnauthenticatedError extends MlflowError {
  override readonly name = 'UnauthenticatedError';
}
/** 403: the credentials are known but do not allow it. */
export class PermissionDeniedError extends MlflowError {
  override readonly name = 'PermissionDeniedError';
}
/** 500: the target is in a state that does not allow the change, for example deleted. */
export class InvalidStateError extends MlflowError {
  override readonly name = 'InvalidStateError';
}
/** 503: the server cannot answer now; the request was not carried out. */
export class TemporarilyUnavailableError extends MlflowError {
  override readonly name = 'TemporarilyUnavailableError';
}

/** The server could not be reached, or the connection broke before its answer. `cause` says how. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

/** No answer came in time. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

const byCode: Readonly<Record<string, typeof MlflowError>> = {
  INVALID_PARAMETER_VALUE: InvalidParameterValueError,
  RESOURCE_DOES_NOT_EXIST: ResourceDoesNotExistError,
  RESOURCE_ALREADY_EXISTS: ResourceAlreadyExistsError,
  ENDPOINT_NOT_FOUND: EndpointNotFoundError,
  UNAUTHENTICATED: UnauthenticatedError,
  PERMISSION_DENIED: PermissionDeniedError,
  INVALID_STATE: InvalidStateError,
  TEMPORARILY_UNAVAILABLE: TemporarilyUnavailableError,
};

const byStatus: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'ENDPOINT_NOT_FOUND',
  429: 'REQUEST_LIMIT_EXCEEDED',
  503: 'TEMPORARILY_UNAVAILABLE',
};

/** The error for an answer that is none of success. Proxies answer in words of their own: those are shown, cut. */
export async function errorOf(response: Response, what: string): Promise<MlflowError> {
  const text = await response.text().catch(() => '');
  let body: { error_code?: unknown; message?: unknown } = {};
  try {
    body = Object(JSON.parse(text)) as typeof body;
  } catch {
    // Not of the server itself.
  }
  const code = typeof body.error_code === 'string' ? body.error_code : (byStatus[response.status] ?? 'INTERNAL_ERROR');
  const message =
    typeof body.message === 'string' && body.message !== ''
      ? body.message
      : `${what} was answered with ${response.status}${text === '' ? '' : `: ${text.replace(/\s+/g, ' ').slice(0, 300)}`}`;
  return new (byCode[code] ?? MlflowError)(code, message, response.status);
}

const refusals = new Set([
  'BAD_REQUEST',
  'INVALID_PARAMETER_VALUE',
  'INVALID_STATE',
  'MALFORMED_REQUEST',
  'RESOURCE_ALREADY_EXISTS',
  'RESOURCE_DOES_NOT_EXIST',
]);

/** The server itself will never take it. All else may change: credentials, proxies, a server that is away. */
export function isRefusal(error: unknown): error is MlflowError {
  return error instanceof MlflowError && refusals.has(error.errorCode);
}
