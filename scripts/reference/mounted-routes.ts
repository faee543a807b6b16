/** The routes of a server that has everything, as the router mounts them. A test asks the real router for each. */
import * as api from '../../src/protocol/api.ts';
import { invocationsPath, pingPath, servedByHeader } from '../../src/protocol/endpoints.ts';
import { pathsOf, type Permission, type RouteContract } from '../../src/protocol/route.ts';
import { artifactPathsOf, artifactRoutes, type ArtifactRoute } from '../../src/server/routes/artifacts.ts';
import { feedPaths } from '../../src/server/live-feed.ts';
import { systemRoutes } from '../../src/server/routes/system.ts';
import { assetPath, pagePaths } from '../../src/server/web-pages.ts';

export interface MountedRoute {
  readonly methods: readonly string[];
  /** Without a static prefix. */
  readonly path: string;
}

export interface DocumentedRoute {
  readonly name: string;
  readonly permission: Permission;
  readonly summary: string;
  readonly mounts: readonly MountedRoute[];
  readonly contract?: RouteContract;
}

export interface Family {
  readonly title: string;
  readonly routes: readonly DocumentedRoute[];
}

/** Every method declared in `protocol/`, by family. */
export function contracts(): { family: string; contract: RouteContract }[] {
  return Object.entries(api).flatMap(([family, declared]) =>
    Object.values<unknown>(declared)
      .filter(isContract)
      .map((contract) => ({ family, contract })),
  );
}

export function families(): Family[] {
  const declared = Map.groupBy(contracts(), ({ family }) => family);
  const names = new Set(contracts().map(({ contract }) => contract.name));
  return [
    ...[...declared].map(([family, members]) => ({
      title: titleOf(family),
      routes: members.map(({ contract }) => ofContract(contract)),
    })),
    { title: 'Artifact files', routes: artifactRoutes.filter(({ name }) => !names.has(name)).map(ofArtifact) },
    { title: 'Endpoint requests', routes: endpointFamily() },
    { title: 'System', routes: systemFamily() },
  ];
}

/** What endpoints answer, below the server's own address. */
function endpointFamily(): DocumentedRoute[] {
  return [
    {
      name: 'invocations',
      permission: 'endpoint:query',
      summary: `Predictions of an endpoint, with the protocol of \`mlflow models serve\`. The header \`${servedByHeader}\` says which version answered. 503 with Retry-After while nobody answers.`,
      mounts: [{ methods: ['POST'], path: invocationsPath }],
    },
    {
      name: 'ping',
      permission: 'endpoint:read',
      summary: '200 while the endpoint answers requests, else 503.',
      mounts: [{ methods: ['GET'], path: pingPath }],
    },
  ];
}

/** Routes outside the API's families, named by the end of their path; one name may have several paths. */
function systemFamily(): DocumentedRoute[] {
  const named = Map.groupBy(systemRoutes, ({ path }) => path.slice(path.lastIndexOf('/') + 1));
  const system = [...named].map(([name, routes]) => ({
    name,
    permission: routes[0]?.permission ?? 'public',
    summary: routes[0]?.summary ?? '',
    mounts: routes.map(({ path }) => ({ methods: ['GET'], path })),
  }));
  const mountsOf = (paths: readonly string[]): MountedRoute[] => paths.map((path) => ({ methods: ['GET'], path }));
  return [
    ...system,
    { name: 'web page', permission: 'public', summary: 'The web UI.', mounts: mountsOf(pagePaths) },
    {
      name: 'live feed',
      permission: 'experiment:read',
      summary: 'Server-sent events: what changed.',
      mounts: mountsOf(feedPaths),
    },
    {
      name: 'web asset',
      permission: 'public',
      summary: 'Scripts and styles of the UI.',
      mounts: mountsOf([assetPath]),
    },
  ];
}

export function isContract(value: unknown): value is RouteContract {
  return typeof value === 'object' && value !== null && 'methods' in value && 'permission' in value;
}

function titleOf(family: string): string {
  const words = family.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function ofContract(contract: RouteContract): DocumentedRoute {
  const { name, permission, summary, methods } = contract;
  return {
    name,
    permission,
    summary,
    mounts: pathsOf(contract).map((path) => ({ methods, path })),
    contract,
  };
}

function ofArtifact(route: ArtifactRoute): DocumentedRoute {
  const { name, permission, summary, method } = route;
  return { name, permission, summary, mounts: artifactPathsOf(route).map((path) => ({ methods: [method], path })) };
}
