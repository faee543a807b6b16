/** A hook as a pipeline's file writes it: `module.function`, or a map with `dotted_path` and its arguments. */
import { isMapping } from './mapping.ts';
import type { Hook } from './pipeline.ts';

export function hookOf(value: unknown, key: string, fault: (what: string) => void): Hook | undefined {
  if (value === undefined || value === null) return undefined;
  const { dotted_path: path, ...params } = isMapping(value) ? value : { dotted_path: value };
  if (isDottedPath(path)) return { function: path, params };
  fault(`${key} must be a function by its dotted path, such as hooks.check.`);
  return undefined;
}

function isDottedPath(value: unknown): value is string {
  return typeof value === 'string' && /^[\p{L}_][\p{L}\p{Nd}_]*(\.[\p{L}_][\p{L}\p{Nd}_]*)+$/u.test(value);
}
