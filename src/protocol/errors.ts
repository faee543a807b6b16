/**
 * The error catalogue: every error a client can see, by the API's own name. Throw an `ApiError`; one mapper in
 * `server/` turns it into a response. Facts (status, sqlstate, error_class) were asked of mlflow 3.17.
 */
interface ErrorKind {
  readonly status: number;
  readonly sqlstate?: string;
  readonly errorClass?: string;
  readonly meaning: string;
}

const client = 'KAM00';
const internal = 'XXM00';

export const errorCatalogue = {
  BAD_REQUEST: {
    status: 400,
    sqlstate: client,
    errorClass: 'INVALID_PARAMETER_VALUE',
    meaning: 'The request contradicts what is stored, for example a name that is taken.',
  },
  INVALID_PARAMETER_VALUE: {
    status: 400,
    sqlstate: client,
    errorClass: 'INVALID_PARAMETER_VALUE',
    meaning: 'A parameter is missing, of the wrong type, too long or not allowed.',
  },
  RESOURCE_ALREADY_EXISTS: {
    status: 400,
    sqlstate: client,
    errorClass: 'RESOURCE_ALREADY_EXISTS',
    meaning: 'Something of that name exists already, perhaps deleted but not erased.',
  },
  RESOURCE_DOES_NOT_EXIST: {
    status: 404,
    sqlstate: client,
    errorClass: 'RESOURCE_NOT_FOUND',
    meaning: 'No such experiment, run, model, version, tag or artifact.',
  },
  ENDPOINT_NOT_FOUND: {
    status: 404,
    sqlstate: client,
    errorClass: 'RESOURCE_NOT_FOUND',
    meaning: 'No route has that method and path, or its API family is not offered by this server yet.',
  },
  PERMISSION_DENIED: {
    status: 403,
    sqlstate: client,
    errorClass: 'PERMISSION_DENIED',
    meaning: 'The artifact location is a folder that this server does not serve, or this server runs no jobs.',
  },
  RESOURCE_CONFLICT: { status: 409, meaning: 'Someone else changed the target meanwhile; send the request again.' },
  NOT_IMPLEMENTED: {
    status: 501,
    meaning:
      'The artifacts are in storage that this server cannot reach, which clients with access can; or they are to be moved in parts, and clients go on by the proxy.',
  },
  INVALID_STATE: {
    status: 500,
    sqlstate: internal,
    errorClass: 'CLIENT_INTERNAL_ERROR',
    meaning: 'The target is in a state that does not allow the change, for example deleted.',
  },
  TEMPORARILY_UNAVAILABLE: {
    status: 503,
    sqlstate: internal,
    errorClass: 'CLIENT_INTERNAL_ERROR',
    meaning: 'The server cannot answer now (stopping, disk full); the request was not carried out.',
  },
  INTERNAL_ERROR: {
    status: 500,
    sqlstate: internal,
    errorClass: 'CLIENT_INTERNAL_ERROR',
    meaning: 'A fault of the server; the details are in its log.',
  },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorCatalogue;

/** An error that is meant for the client: a code of the catalogue and a message that says what to do. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  /** Differs from the catalogue's only where MLflow answers another one, such as 405. */
  readonly status: number;

  constructor(code: ErrorCode, message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'ApiError';
    this.code = code;
    this.status = options.status ?? errorCatalogue[code].status;
  }
}

/** By its name: each program of a server has a class of its own. */
export function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && error.name === 'ApiError';
}

/** Shorthand for the most common error: 400 INVALID_PARAMETER_VALUE. */
export function invalidParameter(message: string): ApiError {
  return new ApiError('INVALID_PARAMETER_VALUE', message);
}

/** Shorthand for 404 RESOURCE_DOES_NOT_EXIST. */
export function doesNotExist(message: string): ApiError {
  return new ApiError('RESOURCE_DOES_NOT_EXIST', message);
}

/** The body MLflow sends for an error. */
export function errorBody(error: ApiError): Record<string, string> {
  const kind: ErrorKind = errorCatalogue[error.code];
  const body: Record<string, string> = { error_code: error.code, message: error.message };
  if (kind.sqlstate !== undefined) body['sqlstate'] = kind.sqlstate;
  if (kind.errorClass !== undefined) body['error_class'] = kind.errorClass;
  return body;
}
