/** Options by the names of their flags, in what is said of them. */
import type { GivenSearch } from './search-flags.ts';
import { flagsOf } from './search-flags.ts';

const flagOf: Readonly<Record<string, string>> = {
  target_col: 'target',
  primary_metric: 'metric',
  timeout_seconds: 'timeout',
};

/**
 * The same with the names of flags for those of options, but for what stands in quotes, which is the user's, and for what
 * a file of options said: that has the names of options.
 */
export function inFlags(message: string, given: GivenSearch = {}): string {
  return message.replaceAll(
    /'[^']*'|\b[a-z]+(?:_[a-z]+)+\b|^(?:horizon|frequency|seed|imputers|covariates)\b|(?<=\()(?:imputers|covariates)(?=\))/g,
    (word) => {
      const flag = flagOf[word] ?? word.replaceAll('_', '-');
      const isFlag = flag in flagsOf.classification || flag in flagsOf.forecasting;
      const isOfFile = given['config-file'] !== undefined && !isGiven(flag, word, given);
      return isFlag && !isOfFile ? `--${flag}` : word;
    },
  );
}

function isGiven(flag: string, option: string, given: GivenSearch): boolean {
  const names: Readonly<Record<string, unknown>> = given;
  return names[flag] !== undefined || names[option.replaceAll('_', '-')] !== undefined;
}
