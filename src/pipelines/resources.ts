/** Files that are no task's product but are read by one: the paths below its param `resources_`. */
import { isMapping } from './mapping.ts';
import type { Task } from './pipeline.ts';

export const resourcesParam = 'resources_';

export function resourcesOf({ params }: Pick<Task, 'params'>): string[] {
  return textsBelow(params[resourcesParam]);
}

function textsBelow(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsBelow);
  return isMapping(value) ? Object.values(value).flatMap(textsBelow) : [];
}
