import type { ModelVersion } from '../../sdk/entities.ts';
import type { Column } from '../output/table.ts';

export const versionColumns: readonly Column<ModelVersion>[] = [
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'VERSION', cell: ({ version }) => Number(version), whole: true },
  { title: 'ALIASES', cell: ({ aliases }) => aliases.map((alias) => `@${alias}`).join(', ') },
  { title: 'STAGE', cell: ({ currentStage }) => (currentStage === 'None' ? '' : currentStage), whole: true },
  { title: 'CREATED', cell: ({ creationTimestamp }) => new Date(creationTimestamp), whole: true },
  { title: 'RUN', cell: ({ runId }) => runId, optional: true },
  { title: 'SOURCE', cell: ({ source }) => source, optional: true },
];

/** A search of versions tells no aliases; their model does. */
export function withAliases(found: ModelVersion, aliases: Readonly<Record<string, string>> = {}): ModelVersion {
  const own = Object.entries(aliases).filter(([, version]) => version === found.version);
  return { ...found, aliases: own.map(([alias]) => alias) };
}
