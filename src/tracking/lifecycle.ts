/** Deleting marks, it does not erase: what the numbers in the `lifecycle` columns mean. */
export const lifecycle = { active: 0, deleted: 1 } as const;

export type Lifecycle = (typeof lifecycle)[keyof typeof lifecycle];

export type ViewType = 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL';

export function stageName(value: number): 'active' | 'deleted' {
  return value === lifecycle.active ? 'active' : 'deleted';
}

/** SQL text for the name of what a lifecycle column holds. */
export function lifecycleName(column: string): string {
  return `CASE ${column} WHEN ${lifecycle.active} THEN '${stageName(lifecycle.active)}' ELSE '${stageName(lifecycle.deleted)}' END`;
}

export function lifecyclesOf(view: ViewType): Lifecycle[] {
  if (view === 'ALL') return [lifecycle.active, lifecycle.deleted];
  return [view === 'ACTIVE_ONLY' ? lifecycle.active : lifecycle.deleted];
}
