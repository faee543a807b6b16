/**
 * The one resolver for artifact paths that clients give. Every verb of every store goes through it.
 */
import { decodedForms, forbiddenCharacter, isDotsOnly } from '../protocol/path-forms.ts';
import { invalidParameter, type ApiError } from '../protocol/errors.ts';

/**
 * What MLflow answers for every unsafe path: 400 INVALID_PARAMETER_VALUE, with no hint at the reason. We tell one:
 * MLflow takes some characters that are refused here, so the name may be an honest one.
 */
export function invalidPath(reason?: string): ApiError {
  return invalidParameter(reason === undefined ? 'Invalid path' : `Invalid path: ${reason}`);
}

/** Longer than any real path, shorter than what makes checking it costly. */
const maxPathLength = 4096;
/** Nobody nests artifacts deeper; deleting a deep tree is slow. */
export const deepestPath = 64;
/** What ext4, xfs, APFS and NTFS all take for one name. */
const maxNameBytes = 255;

/**
 * What MLflow 2.14 to 3.8 write between key, step, time and id of an image: `%17` of 1795445429319 is no control character.
 * What stands before and after is looked at as always.
 */
const imageSeparators = /%step%-?\d+%timestamp%\d+%(?=[0-9a-z]{8}-[0-9a-f]{4}-)/g;

/**
 * From an untrusted path to a clean relative posix path; '' is the root. Throws `invalidPath()`.
 *
 * Give it the path as the client meant it: percent-decoded exactly once when it came in a URL (`decodeUrlPath` or
 * URLSearchParams), verbatim when it came in JSON. The result is kept to the letter, also `%`, `+`, `#`, `?` and
 * blanks; only empty and `.` segments vanish. Resolving a result again changes nothing.
 */
export function resolveArtifactPath(untrusted: string): string {
  if (untrusted.length > maxPathLength) throw invalidPath(`it has more than ${maxPathLength} characters`);
  // A name may hold percent signs, but nothing that a second or third decoder would take for a way out.
  const forms = decodedForms(untrusted.replace(imageSeparators, '+'));
  if (forms === undefined) throw invalidPath();
  for (const form of forms) {
    const character = forbiddenCharacter(form);
    if (character !== undefined) throw invalidPath(`${character} is not allowed, plain or encoded`);
    const parts = form.split('/');
    if (form.startsWith('/') || parts.includes('..') || parts.some(isDriveOrScheme)) throw invalidPath();
    const dots = parts.find(isAWayUp);
    if (dots !== undefined) throw invalidPath(`some servers take the name '${dots}' for a way up`);
  }
  const names = untrusted.split('/').filter((name) => name !== '' && name !== '.');
  if (names.length > deepestPath) throw invalidPath(`it is more than ${deepestPath} folders deep`);
  if (names.some((name) => Buffer.byteLength(name) > maxNameBytes))
    throw invalidPath(`a name in it has more than ${maxNameBytes} bytes`);
  return names.join('/');
}

/** As `resolveArtifactPath`, for a file to be written: the root and a path that ends in '/' name no file. */
export function resolveArtifactFilePath(untrusted: string): string {
  const path = resolveArtifactPath(untrusted);
  if (path === '' || /(^|\/)\.?$/.test(untrusted)) {
    throw invalidParameter("Artifact path must include a filename (cannot end with '/').");
  }
  return path;
}

/** Decodes the path part of a URL once. What is not UTF-8 is refused instead of replaced. */
export function decodeUrlPath(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw invalidPath('a % is followed by what is not UTF-8; as itself it is written %25');
  }
}

/** The start of a drive or URL path: `C:`, `file:`. */
function isDriveOrScheme(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:$/.test(name);
}

/** Some servers cut a name at ';'. */
function isAWayUp(name: string): boolean {
  return isDotsOnly(name.split(';', 1)[0] ?? '');
}
