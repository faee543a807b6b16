/** What a project says of itself. */
import { queryOptions } from '@tanstack/react-query';
import { describeProject } from '../../../src/protocol/jobs.ts';
import { call } from './client.ts';

export interface ProjectParameter {
  readonly name: string;
  /** `string`, `float`, `path` or `uri`. */
  readonly type: string;
  /** Undefined: it must be given. */
  readonly default: string | undefined;
}

export interface EntryPoint {
  readonly name: string;
  readonly command: string;
  readonly parameters: readonly ProjectParameter[];
}

export interface Project {
  readonly name: string;
  readonly environment: string;
  /** The commit of what was read. */
  readonly version: string;
  readonly entryPoints: readonly EntryPoint[];
}

/** Reading a git address takes as long as it takes. */
export function projectAt(uri: string, version: string) {
  return queryOptions({
    queryKey: ['projects', uri, version],
    retry: false,
    staleTime: 0,
    queryFn: async ({ signal }): Promise<Project> => {
      const answer = await call(describeProject, { uri, ...(version !== '' && { version }) }, signal);
      return {
        name: answer.name ?? '',
        environment: answer.environment ?? '',
        version: answer.version ?? '',
        entryPoints: (answer.entry_points ?? []).map(({ name = '', command = '', parameters = [] }) => ({
          name,
          command,
          parameters: parameters.map((one) => ({
            name: one.name ?? '',
            type: one.type ?? 'string',
            default: one.default,
          })),
        })),
      };
    },
  });
}
