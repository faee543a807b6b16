/** The parameters of an entry point and what was given for them. */
import { checkKey } from '../protocol/names.ts';
import { numberNeeded } from '../protocol/project-parameters.ts';
import type { GivenValue } from './command-line.ts';
import type { EntryPoint, Parameter } from './mlproject.ts';
import { ProjectError } from './project-error.ts';

export interface ParameterValue extends GivenValue {
  readonly type: string;
  /** Nobody gave it: it is the default. */
  readonly isDefault: boolean;
}

export interface ParameterValues {
  /** Of the entry point's own parameters, in its order. */
  readonly declared: readonly ParameterValue[];
  /** What was given beyond these. */
  readonly more: readonly GivenValue[];
}

/** What is wrong is told before anything is started or recorded. @throws ProjectError */
export function parameterValues(entry: EntryPoint, given: ReadonlyMap<string, string>): ParameterValues {
  const missing = entry.parameters.filter((one) => one.default === undefined && !given.has(one.name));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name);
    const flags = names.map((name) => `-P ${name}=…`).join(' ');
    throw new ProjectError(
      `no value was given for the ${names.length === 1 ? 'parameter' : 'parameters'} ${names.join(', ')} of ${entry.name}: ${flags}\n${parameterList(entry)}`,
    );
  }
  const own = new Set(entry.parameters.map(({ name }) => name));
  const more = [...given].filter(([name]) => !own.has(name)).map(([name, value]) => ({ name, value }));
  for (const { name } of [...entry.parameters, ...more]) checkName(name);
  const declared = entry.parameters.map((one) => ({ ...one, value: given.get(one.name) ?? one.default ?? '' }));
  for (const one of declared) if (given.has(one.name)) checkNumber(one);
  return {
    declared: declared.map(({ name, type, value }) => ({ name, type, value, isDefault: !given.has(name) })),
    more,
  };
}

/** What there is, for messages and people. */
function parameterList({ name, parameters }: EntryPoint): string {
  if (parameters.length === 0) return `${name} has no parameters.`;
  return `Parameters of ${name}: ${parameters.map(parameterText).join(', ')}`;
}

function parameterText({ name, type, default: fallback }: Parameter): string {
  return `${name} (${type}${fallback === undefined ? '' : `, default ${fallback}`})`;
}

function checkName(name: string): void {
  try {
    checkKey(name, 'name');
  } catch {
    throw new ProjectError(
      `${JSON.stringify(name)} can be no parameter: names hold letters, digits, and _ - . : / and spaces.`,
    );
  }
}

function checkNumber({ name, type, value }: Parameter & GivenValue): void {
  const needed = numberNeeded(type, value);
  if (needed !== undefined)
    throw new ProjectError(`the parameter ${name} must be ${needed}, not ${JSON.stringify(value)}.`);
}
