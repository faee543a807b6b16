import type { Comparison } from '../../../api/comparison.ts';

/** Paths that `mlflow.log_table` of some run wrote, by the tag that it leaves. */
export function loggedTables({ tags }: Comparison): ReadonlySet<string> {
  const texts = tags.find(({ key }) => key === 'mlflow.loggedArtifacts')?.values ?? [];
  return new Set(texts.flatMap((text) => pathsOf(text ?? '[]')));
}

function pathsOf(text: string): string[] {
  try {
    const logged = JSON.parse(text) as readonly { path?: string; type?: string }[];
    return logged.flatMap(({ path, type }) => (type === 'table' && path !== undefined ? [path] : []));
  } catch {
    return [];
  }
}
