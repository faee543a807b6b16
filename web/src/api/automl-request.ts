/** What a search is asked for, and what is wrong with that. */
import type { AutomlConfig } from '../../../src/protocol/automl-config.ts';
import { AutomlConfigError, checkedConfig, type AutomlRequest } from '../../../src/protocol/automl-config-check.ts';

export type { AutomlRequest };

/** What is wrong with a request, by the name of the option; empty when it is fine. */
export type Problems = Readonly<Record<string, string>>;

export function checkedRequest(
  request: AutomlRequest,
):
  | { readonly config: AutomlConfig; readonly problems?: undefined }
  | { readonly config?: undefined; readonly problems: Problems } {
  try {
    return { config: checkedConfig(request) };
  } catch (error) {
    if (!(error instanceof AutomlConfigError)) throw error;
    return { problems: Object.fromEntries(error.problems.toReversed().map(({ field, message }) => [field, message])) };
  }
}
