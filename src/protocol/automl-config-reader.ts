/** Reads the options of a configuration one by one: what types of their own have, in whatever form it came. */
import { didYouMean } from '../common/did-you-mean.ts';
import { automlCountries } from './automl-countries.ts';
import { automlFrequencies, type AutomlConfig, type Imputer } from './automl-config.ts';

export interface ConfigProblem {
  /** Name of the option, as in `AutomlConfig`. */
  readonly field: string;
  /** A sentence that says what to do. */
  readonly message: string;
}

/** Pandas' older aliases and words for steps of time. */
const frequencyWords: Readonly<Record<string, AutomlConfig['frequency']>> = {
  H: 'h',
  T: 'min',
  S: 's',
  second: 's',
  minute: 'min',
  hour: 'h',
  day: 'D',
  week: 'W',
  month: 'M',
  quarter: 'Q',
  year: 'Y',
};
const imputerWords = ['mean', 'median', 'most_frequent'] as const;
const numbers = {
  timeout_seconds: { least: 1, whole: false },
  max_trials: { least: 1, whole: true },
  parallel_trials: { least: 1, whole: true },
  memory_mb: { least: 256, whole: false },
  seed: { least: 0, whole: true },
  horizon: { least: 1, whole: true },
} as const;
const lists = ['exclude_cols', 'exclude_frameworks', 'identity_col', 'covariates'] as const;
const texts = [
  'problem_type',
  'dataset',
  'query',
  'target_col',
  'primary_metric',
  'pos_label',
  'time_col',
  'split_col',
  'sample_weight_col',
  'experiment_name',
  'register',
  'frequency',
  'country_code',
] as const;
const known: ReadonlySet<string> = new Set([
  ...texts,
  ...lists,
  ...Object.keys(numbers),
  'imputers',
  'early_stopping',
  'timeout_minutes',
]);

/** Takes options out of what was given, and notes what is wrong with them. */
export class ConfigReader {
  readonly problems: ConfigProblem[] = [];
  readonly #given: Readonly<Record<string, unknown>>;

  constructor(given: Readonly<Record<string, unknown>>) {
    this.#given = given;
  }

  wrong(field: string, message: string): void {
    this.problems.push({ field, message });
  }

  names(): void {
    for (const name of Object.keys(this.#given)) {
      if (known.has(name)) continue;
      this.wrong(name, `There is no option '${name}'.${didYouMean(name, known)} Options: ${[...known].join(', ')}.`);
    }
  }

  text(name: string, mayBeEmpty = false): string | undefined {
    const value = this.#given[name] ?? undefined;
    // A label such as 1 or true is a text too.
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (value === undefined || (value === '' && !mayBeEmpty)) return undefined;
    if (typeof value === 'string') return value;
    this.wrong(name, `${name} is a text.`);
    return undefined;
  }

  oneOf<T extends string>(name: string, all: readonly T[], what: string = name): T | undefined {
    const value = this.text(name);
    const found = all.find((one) => one === value);
    if (value !== undefined && found === undefined && what !== name) {
      this.wrong(name, `${what.charAt(0).toUpperCase()}${what.slice(1)} are ${all.join(', ')}, not '${value}'.`);
    }
    return found;
  }

  number(
    name: keyof typeof numbers | 'timeout_minutes',
    rule: { least: number; whole: boolean } | undefined = name === 'timeout_minutes' ? undefined : numbers[name],
  ): number | undefined {
    const value = this.#given[name] ?? undefined;
    if (value === undefined || rule === undefined) return undefined;
    const fits = typeof value === 'number' && Number.isFinite(value) && value >= rule.least && value < 2 ** 31;
    if (fits && (!rule.whole || Number.isInteger(value))) return value;
    this.wrong(
      name,
      `${name} is a ${rule.whole ? 'whole ' : ''}number of at least ${rule.least}, not ${JSON.stringify(value)}.`,
    );
    return undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.#given[name] ?? undefined;
    if (value === undefined || typeof value === 'boolean') return value;
    this.wrong(name, `${name} is true or false.`);
    return undefined;
  }

  /** One text stands for a list of it. */
  list(name: (typeof lists)[number]): readonly string[] {
    const value = this.#given[name] ?? [];
    if (typeof value === 'string') return value === '' ? [] : [value];
    if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return [...new Set(value)];
    this.wrong(name, `${name} is a list of texts.`);
    return [];
  }

  frequency(): AutomlConfig['frequency'] | undefined {
    const value = this.text('frequency');
    if (value === undefined) return undefined;
    const word = frequencyWords[value] ?? frequencyWords[value.toLowerCase().replace(/s$/, '')];
    const found = automlFrequencies.find((one) => one === value) ?? word;
    if (found === undefined) {
      this.wrong('frequency', `frequency is one of ${automlFrequencies.join(', ')}, not '${value}'.`);
    }
    return found;
  }

  /** @returns two capital letters; the empty text for none */
  country(): string | undefined {
    const value = this.text('country_code', true);
    const code = value?.toUpperCase();
    if (value === undefined || code === undefined || code === '' || automlCountries.has(code)) return code;
    const wanted = 'the two letters of a country, such as US or DE, or empty for no holidays';
    this.wrong('country_code', `country_code is ${wanted}, not '${value}'.`);
    return undefined;
  }

  imputers(): Readonly<Record<string, Imputer>> {
    const value = this.#given['imputers'] ?? {};
    if (typeof value !== 'object' || Array.isArray(value)) {
      this.wrong('imputers', 'imputers says for columns how what is missing is filled.');
      return {};
    }
    return Object.fromEntries(
      Object.entries(value as Record<string, unknown>).flatMap(([column, one]) => {
        const imputer = imputerOf(one);
        if (imputer !== undefined) return [[column, imputer]];
        const ways = `${imputerWords.join(', ')} or {"strategy": "constant", "fill_value": …}`;
        this.wrong('imputers', `The imputer of '${column}' is one of ${ways}.`);
        return [];
      }),
    );
  }
}

function imputerOf(value: unknown): Imputer | undefined {
  if (typeof value === 'string') return imputerWords.find((word) => word === value);
  if (typeof value !== 'object' || value === null) return undefined;
  const { strategy, fill_value: fill } = value as { strategy?: unknown; fill_value?: unknown };
  if (strategy !== 'constant') return typeof strategy === 'string' ? imputerOf(strategy) : undefined;
  const fits = typeof fill === 'string' || typeof fill === 'number' || typeof fill === 'boolean';
  return fits ? { strategy, fill_value: fill } : undefined;
}
