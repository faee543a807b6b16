import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ApiError, invalidParameter, isApiError } from '../protocol/errors.ts';
import { parseArtifactUri } from '../protocol/artifact-uri.ts';
import { ArtifactFolder } from './artifact-folder.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { lostFolder } from './local/lost-folder.ts';
import { OnDemandStore } from './local/on-demand-store.ts';

export interface ArtifactRepositoryOptions {
  /** `--artifacts-destination`: the folder behind `mlflow-artifacts:` URIs; a path or file: URI. */
  readonly destination: string;
  /** Other folders whose artifacts the server may show when a run's artifact root is a local path. */
  readonly allowedLocalRoots: readonly string[];
  /** The destination was made before: when it is missing it was moved away, and no other is made in its place. */
  readonly destinationIsThere?: boolean;
}

/** Milliseconds: an upload from which nothing came for an hour has no server any more. It would have hung up long ago. */
const longestPause = 3_600_000;

/** From the artifact root of a run, logged model or model version to the store that serves it. */
export class ArtifactRepository {
  /** What clients reach through `/mlflow-artifacts/artifacts`. */
  readonly destination: ArtifactStore;
  /** Made before, so that a missing one was moved away. */
  readonly #made: string | undefined;
  readonly #locals: { readonly root: string; readonly store: OnDemandStore }[];

  constructor(options: ArtifactRepositoryOptions) {
    const roots = [options.destination, ...options.allowedLocalRoots].map(localFolder);
    const [first = ''] = roots;
    const rootIsThere = options.destinationIsThere === true;
    const destination = new OnDemandStore(first, { rootIsThere });
    const stores = new Map(roots.map((root) => [root, root === first ? destination : new OnDemandStore(root)]));
    this.destination = destination;
    this.#made = rootIsThere ? first : undefined;
    // The longest first: the innermost root decides.
    this.#locals = [...stores].map(([root, store]) => ({ root, store })).sort((a, b) => b.root.length - a.root.length);
  }

  /** Why nothing can be written at the moment, as far as a look at the folder tells. */
  refusesWrites(): string | undefined {
    return this.#made !== undefined && !existsSync(this.#made) ? lostFolder : undefined;
  }

  /** A store whose root is the given artifact root. 403 for local folders outside the allowed roots. */
  storeFor(artifactUri: string): ArtifactStore {
    const uri = parseArtifactUri(artifactUri);
    if (uri.scheme === 'mlflow-artifacts') return new ArtifactFolder(this.destination, uri.path);
    if (uri.scheme === 'file') return this.#localStore(uri.authority, uri.path);
    throw new ApiError(
      'NOT_IMPLEMENTED',
      `This server cannot read or write artifacts in '${uri.scheme}' storage. Clients with access to it can.`,
    );
  }

  /** Removes what crashes left behind; how many uploads and folders that was. */
  async removeLeftovers(): Promise<number> {
    const olderThan = Date.now() - longestPause;
    const counts = await Promise.all(this.#locals.map(({ store }) => store.removeLeftovers(olderThan)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  #localStore(authority: string, path: string): ArtifactStore {
    const clean = path.replace(/\/+/g, '/');
    const own = (authority === '' || authority === 'localhost') && !path.startsWith('//') && path.startsWith('/');
    const home = own ? this.#locals.find(({ root }) => clean === root || clean.startsWith(within(root))) : undefined;
    if (home !== undefined) return new ArtifactFolder(home.store, clean.slice(home.root.length).replace(/^\/+/, ''));
    throw new ApiError(
      'PERMISSION_DENIED',
      'The artifact location is a local folder that this server does not serve. Start it with ' +
        '--default-artifact-root or --artifacts-destination set to that folder or one above it.',
    );
  }
}

function within(root: string): string {
  return root === '/' ? '/' : `${root}/`;
}

function localFolder(location: string): string {
  const uri = parseArtifactUri(location);
  if (uri.scheme !== 'file' || (uri.authority !== '' && uri.authority !== 'localhost')) {
    throw invalidParameter(`'${location}' is not a local folder; other artifact storage is not supported yet.`);
  }
  return resolve(uri.path);
}

/** What `storeFor` throws for storage that clients alone can reach. */
export function isOutOfReach(error: unknown): error is ApiError {
  return isApiError(error) && (error.code === 'NOT_IMPLEMENTED' || error.code === 'PERMISSION_DENIED');
}
