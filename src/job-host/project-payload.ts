/** What a project job is to do, as it stands in the queue. */
import type { JobKind } from './job-kind.ts';

export interface ProjectPayload {
  readonly uri: string;
  readonly version: string;
  readonly entryPoint: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly experimentId: string;
  readonly runName: string;
  readonly envManager: string;
}

/** The arguments of `modelyard run`; each value is a part of one argument or follows its flag, and none is read as a flag. */
function runArguments(payload: ProjectPayload, jobFolder: string): string[] {
  const { uri, version, entryPoint, parameters, experimentId, runName, envManager } = payload;
  const given = { version, 'entry-point': entryPoint, 'run-name': runName, 'env-manager': envManager };
  return [
    'run',
    `--job-folder=${jobFolder}`,
    `--experiment-id=${experimentId}`,
    ...Object.entries(given).flatMap(([name, value]) => (value === '' ? [] : [`--${name}=${value}`])),
    ...Object.entries(parameters).map(([name, value]) => `--param-list=${name}=${value}`),
    uri,
  ];
}

export const projectKind: JobKind = {
  prepare: (payload, { folder }) => runArguments(JSON.parse(payload) as ProjectPayload, folder),
  resumes: false,
  cancel: { asks: 'group', patience: 15_000 },
};
