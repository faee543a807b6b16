/** What a project can do, as the server's `describeProject` says it. */
import type { describeProject as contract } from '../protocol/jobs.ts';
import type { Decoded } from '../protocol/schema.ts';
import { checkOut } from './checkout.ts';
import { needsPackages } from './entry-point.ts';
import { managerOf } from './environments/project-environment.ts';
import { readProject, type Project } from './mlproject.ts';
import { projectAddress } from './project-address.ts';

export type ProjectDescription = Decoded<typeof contract.response>;

/** @throws ProjectError */
export async function describeProject(
  uri: string,
  version: string | undefined,
  options: { readonly onProgress: (step: string) => void; readonly signal?: AbortSignal | undefined },
): Promise<ProjectDescription> {
  const checkout = await checkOut(projectAddress(uri, version), { ...options, version });
  try {
    const project = readProject(checkout.folder);
    return {
      name: project.name,
      environment: environmentName(project),
      version: checkout.commit ?? '',
      entry_points: project.entryPoints.map(({ name, command = '', parameters }) => ({
        name,
        command,
        parameters: parameters.map(({ name, type, default: fallback }) => ({ name, type, default: fallback })),
      })),
    };
  } finally {
    checkout.remove();
  }
}

function environmentName(project: Project): string {
  const { environment, entryPoints } = project;
  const packages = entryPoints.length > 0 && entryPoints.every((one) => needsPackages(project, one));
  const manager = managerOf(environment, undefined, packages);
  return manager === 'virtualenv' ? 'uv' : (manager ?? 'local');
}
