/** The folder that `modelyard export` writes and `modelyard import` reads: see docs/import.md. */
export const manifestName = 'modelyard-export.json';
export const formatVersion = 1;

export interface Manifest {
  readonly format: 'modelyard-export';
  readonly version: number;
  readonly source: string;
  readonly time: string;
  readonly runs: number;
}

export const exportFiles = {
  experiments: 'experiments.jsonl',
  runs: 'runs.jsonl',
  metrics: 'metrics.jsonl',
  loggedModels: 'logged-models.jsonl',
  registeredModels: 'registered-models.jsonl',
} as const;

const artifactFolders = { run: 'artifacts/runs', logged_model: 'artifacts/models' } as const;

export function artifactFolderOf(kind: keyof typeof artifactFolders, id: string): string {
  return `${artifactFolders[kind]}/${id}`;
}
