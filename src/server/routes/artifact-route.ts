/** What the routes of artifacts have in common. */
import { resolveArtifactFilePath } from '../../artifacts/artifact-path.ts';
import type { ArtifactRepository } from '../../artifacts/artifact-repository.ts';
import { ApiError } from '../../protocol/errors.ts';
import type { HttpMethod, Permission } from '../../protocol/route.ts';
import type { Services } from '../services.ts';

export interface ArtifactContext {
  readonly services: Services;
  readonly repository: ArtifactRepository;
  /** Tells open pages that a run has other files now. */
  readonly runChanged: (id: string) => void;
}

export interface ArtifactCall {
  readonly request: Request;
  /** Query names and values. */
  readonly query: Record<string, unknown>;
  /** Path parameters, still percent-encoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface ArtifactRoute {
  readonly name: string;
  readonly method: HttpMethod;
  /** Path below the API's prefix, or an absolute one. */
  readonly path: string;
  /** api: below `/api/2.0` and `/ajax-api/2.0`; ajax: below the latter; root: as it stands. */
  readonly mount: 'api' | 'ajax' | 'root';
  readonly permission: Permission;
  readonly summary: string;
  /** Works without a tracking store too (`--artifacts-only`). */
  readonly proxy: boolean;
  handle(call: ArtifactCall, context: ArtifactContext): Promise<Response>;
}

/** A value of the query; '' if it is not there. */
export function text(query: Record<string, unknown>, name: string): string {
  const value = query[name];
  return typeof value === 'string' ? value : Array.isArray(value) ? String(value[0]) : '';
}

export function requiredPath(query: Record<string, unknown>, name: string): string {
  const path = text(query, name);
  if (path === '') throw new ApiError('BAD_REQUEST', `Request must include the "${name}" query parameter.`);
  return resolveArtifactFilePath(path);
}
