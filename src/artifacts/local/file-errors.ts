import { invalidPath } from '../artifact-path.ts';
import { ApiError } from '../../protocol/errors.ts';

function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

export function hasErrno(error: unknown, ...codes: string[]): boolean {
  const code = errnoOf(error);
  return code !== undefined && codes.includes(code);
}

/** What a client hears of a failed file operation. Paths of the server stay in the cause, for the log. */
export function storageError(error: unknown): unknown {
  const unavailable = (why: string): ApiError => new ApiError('TEMPORARILY_UNAVAILABLE', why, { cause: error });
  switch (errnoOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return unavailable('The artifact was not stored: the disk of the artifact folder is full.');
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return unavailable('The server has no permission for this in the artifact folder, or its disk is read-only.');
    case 'EMFILE':
    case 'ENFILE':
      return unavailable('Too many artifact files are open at once; try again.');
    case 'EIO':
    case 'ESTALE':
      return unavailable('The disk of the artifact folder does not answer properly.');
    case 'ENOENT':
      // What is missing at the start has an answer of its own; this went away in the middle.
      return new ApiError('RESOURCE_CONFLICT', 'The folder was changed meanwhile; send the request again.', {
        cause: error,
      });
    case 'ENAMETOOLONG':
      return invalidPath();
    default:
      return error;
  }
}
