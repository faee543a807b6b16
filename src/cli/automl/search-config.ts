/** The configuration that the flags of a search make. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkedConfig, type AutomlRequest } from '../../protocol/automl-config-check.ts';
import type { AutomlConfig, AutomlProblem, Imputer } from '../../protocol/automl-config.ts';
import type { Given } from '../action.ts';
import { CommandError } from '../command.ts';
import type { effortFlags, GivenSearch } from './search-flags.ts';

/** @throws AutomlConfigError, CommandError */
export function configOf(problem: AutomlProblem, given: GivenSearch): AutomlConfig {
  const file = fileOf(given['config-file']);
  const asked = file['problem_type'] ?? problem;
  if (asked !== problem) throw new CommandError(`the configuration has another problem_type than ${problem}`, 2);
  const flags: AutomlRequest & Record<string, unknown> = {
    dataset: given.data ?? given.dataset,
    query: given.query,
    target_col: given.target ?? given['target-col'],
    primary_metric: given.metric ?? given['primary-metric'],
    ...effortOf(given),
    experiment_name: given['experiment-name'],
    exclude_cols: listOf(given['exclude-cols']),
    exclude_frameworks: listOf(given['exclude-frameworks']),
    time_col: given['time-col'],
    sample_weight_col: given['sample-weight-col'],
    seed: numberOf(given.seed, 'seed'),
    imputers: imputersOf(given.imputers),
    split_col: given['split-col'],
    pos_label: given['pos-label'],
    horizon: numberOf(given.horizon, 'horizon'),
    frequency: given.frequency,
    identity_col: listOf(given['identity-col']),
    country_code: given['country-code'],
    covariates: listOf(given.covariates),
  } as AutomlRequest & Record<string, unknown>;
  const said = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
  const config = checkedConfig({ ...file, ...said, problem_type: problem });
  return { ...config, dataset: placeOf(config.dataset) };
}

export function effortOf(given: Given<typeof effortFlags>): Partial<AutomlConfig> {
  return {
    timeout_seconds: given.timeout === undefined ? undefined : secondsOf(given.timeout),
    max_trials: numberOf(given['max-trials'], 'max-trials'),
    parallel_trials: numberOf(given['parallel-trials'], 'parallel-trials'),
    memory_mb: numberOf(given['memory-mb'], 'memory-mb'),
    early_stopping: given['no-early-stopping'] === true ? false : undefined,
    register: given.register,
  } as Partial<AutomlConfig>;
}

const units: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, min: 60, h: 3600 };

/** Seconds of such as `60`, `90s`, `10m`, `2h`. */
export function secondsOf(text: string): number {
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?)(s|m|min|h)?$/.exec(text.trim()) ?? [];
  const seconds = Number(count) * (units[unit] ?? 0);
  if (seconds > 0) return seconds;
  throw new CommandError(`'${text}' is no time. Give seconds, or such as 90s, 10m, 2h`, 2);
}

/** Whole, so that it means the same elsewhere. @throws CommandError when it is a file that is not there */
export function placeOf(dataset: string): string {
  if (/^[a-z][a-z0-9+]+:/i.test(dataset)) return dataset;
  const path = resolve(dataset);
  if (!existsSync(path)) throw new CommandError(`there is no file ${path}`);
  return path;
}

function numberOf(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  // What is too little is told with all else that is wrong.
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new CommandError(`--${name} takes a number, not '${text}'`, 2);
}

function listOf(texts: readonly string[] | undefined): string[] | undefined {
  return texts
    ?.flatMap((text) => text.split(','))
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function imputersOf(texts: readonly string[] | undefined): Record<string, Imputer> | undefined {
  if (texts === undefined) return undefined;
  return Object.fromEntries(
    texts.flatMap(imputersIn).map((text) => {
      const at = text.lastIndexOf('=');
      const way = text.slice(at + 1);
      if (at < 1) throw new CommandError(`--imputers takes COLUMN=WAY such as age=median, not '${text}'`, 2);
      const constant = /^constant:(.*)$/s.exec(way)?.[1];
      const imputer =
        constant === undefined ? (way as Imputer) : { strategy: 'constant' as const, fill_value: valueOf(constant) };
      return [text.slice(0, at), imputer];
    }),
  );
}

/** Several in one: names of columns may hold commas, so each part must end in a way. */
function imputersIn(text: string): string[] {
  const parts = text.split(',').map((part) => part.trim());
  return parts.every((part) => /.=(mean|median|most_frequent)$/.test(part)) ? parts : [text];
}

function valueOf(text: string): string | number {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function fileOf(path: string | undefined): Readonly<Record<string, unknown>> {
  if (path === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CommandError(`--config-file ${path} cannot be read: ${(error as Error).message}`, 2);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CommandError(`--config-file ${path} must hold a JSON object`, 2);
  }
  return value as Readonly<Record<string, unknown>>;
}
