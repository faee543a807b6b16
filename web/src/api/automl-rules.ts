/** The rules of AutoML that its pages share with the engine. */
export {
  automlFrameworks,
  automlFrequencies,
  automlMetrics,
  automlProblems,
  automlVerbs,
  greaterIsBetter,
  type AutomlConfig,
  type AutomlMetric,
  type AutomlProblem,
  type Imputer,
} from '../../../src/protocol/automl-config.ts';
export { fittedPercent } from '../../../src/protocol/automl-fitted.ts';
export {
  automlTags,
  searchFiles,
  stopWish,
  trialFiles,
  type Alert,
  type ColumnProfile,
  type DataProfile,
  type TabularProfile,
} from '../../../src/protocol/automl-record.ts';
