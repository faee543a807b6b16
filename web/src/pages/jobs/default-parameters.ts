/** The parameters that nobody gave, with the values that a project's run was given in their place. */
import { defaultsTag } from '../../api/jobs.ts';
import type { RunDetail } from '../../api/run.ts';

export interface DefaultParameter {
  readonly name: string;
  readonly value: string;
  readonly isDefault: true;
}

export function defaultsOf({ params, tags }: Pick<RunDetail, 'params' | 'tags'>): DefaultParameter[] {
  const names = namesIn(tags.get(defaultsTag));
  return params
    .filter(({ key }) => names.includes(key))
    .map(({ key, value }) => ({ name: key, value, isDefault: true }));
}

/** Whoever may write tags may write this one. */
function namesIn(text: string | undefined): readonly unknown[] {
  try {
    const names: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(names) ? names : [];
  } catch {
    return [];
  }
}
