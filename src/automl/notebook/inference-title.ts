import type { AutomlConfig } from '../../protocol/automl-config.ts';

const words = { classification: 'Classification', regression: 'Regression', forecasting: 'Forecast' } as const;

/** What a notebook that predicts is called: such as "Classification of `churned` with churn, version 3". */
export function inferenceTitle(modelUri: string, { problem_type: problem, target_col: target }: AutomlConfig): string {
  const [, name, version] = /^models:\/(.+)\/(\d+)$/.exec(modelUri) ?? [];
  const model = name === undefined ? 'the best model of a search' : `${name}, version ${version}`;
  return `${words[problem]} of \`${target}\` with ${model}`;
}
