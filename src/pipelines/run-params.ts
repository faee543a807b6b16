/** Params of a task as params of a run: flat, `a.b` for nested ones, within the limits of the API. */
import { limits } from '../protocol/limits.ts';
import { isMapping, type Mapping } from './mapping.ts';

export function runParams(params: Mapping): { key: string; value: string }[] {
  const flat = new Map<string, string>();
  const add = (path: string, value: unknown): void => {
    if (isMapping(value) && Object.keys(value).length > 0) {
      for (const [key, one] of Object.entries(value)) add(path === '' ? key : `${path}.${key}`, one);
      return;
    }
    const key = path.replace(/[^\w./ :-]/g, '_').slice(0, limits.entityKey);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    flat.set(key, text.slice(0, limits.paramValue));
  };
  for (const [key, value] of Object.entries(params)) add(key, value);
  return [...flat].map(([key, value]) => ({ key, value }));
}
