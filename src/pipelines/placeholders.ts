/** `{{name}}` and `{{nested.key}}` in the texts of a pipeline's file, filled from its env. */
import { isMapping, type Mapping } from './mapping.ts';
import { didYouMean } from '../common/did-you-mean.ts';
import { PipelineError } from './pipeline.ts';
import { valueText } from './value-text.ts';

/** @throws Error that says why a value cannot be had */
export type Lookup = (path: string) => unknown;

const pattern = /\{\{\s*([^{}]*?)\s*\}\}/g;

/**
 * Every text below `value` filled. One that is a placeholder and nothing else becomes the value itself, so that
 * `"{{n}}"` is the number that n is.
 *
 * @param faults gets a line for each placeholder that has no value
 */
export function filled(value: unknown, lookup: Lookup, faults: Set<string>): unknown {
  if (typeof value === 'string') return value.includes('{{') ? filledText(value, lookup, faults) : value;
  if (Array.isArray(value)) return value.map((item) => filled(item, lookup, faults));
  // What YAML takes for a time goes on as text, which sources, states and runs all know.
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, '');
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [filledKey(key, lookup, faults), filled(item, lookup, faults)]),
  );
}

function filledKey(key: string, lookup: Lookup, faults: Set<string>): string {
  return key.includes('{{') ? valueText(filledText(key, lookup, faults)) : key;
}

function filledText(text: string, lookup: Lookup, faults: Set<string>): unknown {
  const find = (path: string): unknown => {
    try {
      return lookup(path);
    } catch (error) {
      if (!(error instanceof PipelineError)) throw error;
      faults.add(error.message);
      return '';
    }
  };
  const [whole] = text.matchAll(pattern);
  if (whole?.[0] === text) return find(whole[1] ?? '');
  return text.replaceAll(pattern, (_, path: string) => valueText(find(path)));
}

/** @param usual the names that are there without a file, for the error */
export function valueAt(env: Mapping, path: string, usual: readonly string[]): unknown {
  let value: unknown = env;
  for (const key of path.split('.')) {
    if (!isMapping(value) || !Object.hasOwn(value, key)) {
      const known = [...pathsOf(env), ...usual];
      const there = Object.keys(env).length === 0 ? 'there is no env.yaml that says it' : 'env.yaml does not say it';
      throw new PipelineError(`{{${path}}} has no value: ${there}.${didYouMean(path, known)}`);
    }
    value = value[key];
  }
  return value;
}

/** `a`, `a.b`: every name that a placeholder can have. */
export function pathsOf(env: Mapping): string[] {
  return Object.entries(env).flatMap(([key, value]) =>
    isMapping(value) ? [key, ...pathsOf(value).map((below) => `${key}.${below}`)] : [key],
  );
}
