/**
 * Steps between the columns made ready and the learner, for a person who asks for them. They are hyperparameters of the
 * pipeline: kept and logged with those of the learner, and left alone when these are tuned.
 */
import type { Proposal } from '../worker/worker.ts';
import type { Task } from './task.ts';

type Params = Proposal['params'];
type Value = Params[string];

export interface PipelineStep {
  readonly name: string;
  readonly code: string;
  readonly imports: readonly string[];
}

const preprocessing = 'sklearn.preprocessing';
const scalers: Readonly<Record<string, string>> = {
  zscore: 'StandardScaler',
  minmax: 'MinMaxScaler',
  maxabs: 'MaxAbsScaler',
  robust: 'RobustScaler',
};

/** In the order in which they are made. */
const makers: Readonly<Record<string, (value: Value, task: Task) => PipelineStep>> = {
  polynomial_degree: (degree) => ({
    name: 'polynomial',
    code: `PolynomialFeatures(${Number(degree)}, include_bias=False)`,
    imports: [`${preprocessing}:PolynomialFeatures`],
  }),
  transformation: (shape) =>
    shape === 'quantile'
      ? {
          name: 'transformation',
          code: 'QuantileTransformer(n_quantiles=100, output_distribution="normal", random_state=SEED)',
          imports: [`${preprocessing}:QuantileTransformer`],
        }
      : { name: 'transformation', code: 'PowerTransformer()', imports: [`${preprocessing}:PowerTransformer`] },
  normalize: (how) => {
    const scaler = scalers[String(how)] ?? 'StandardScaler';
    return { name: 'normalize', code: `${scaler}()`, imports: [`${preprocessing}:${scaler}`] };
  },
  select_features: (wanted, { kind }) => {
    const test = kind === 'regression' ? 'f_regression' : 'f_classif';
    const [selector, how] =
      Number(wanted) < 1
        ? ['SelectPercentile', `percentile=${Number(wanted) * 100}`]
        : ['SelectKBest', `k=${Number(wanted)}`];
    return {
      name: 'selection',
      code: `${selector}(${test}, ${how})`,
      imports: [`sklearn.feature_selection:${selector}`, `sklearn.feature_selection:${test}`],
    };
  },
  pca_components: (wanted) => ({
    name: 'pca',
    code: `PCA(${Number(wanted)}, random_state=SEED)`,
    imports: ['sklearn.decomposition:PCA'],
  }),
};

export function preparationSteps(params: Params, task: Task): PipelineStep[] {
  return Object.entries(makers).flatMap(([name, step]) => {
    const value = params[name];
    return value === undefined || value === null ? [] : [step(value, task)];
  });
}

/** Hyperparameters that the learner knows nothing of. */
const ofPipeline: ReadonlySet<string> = new Set(['features', 'target', 'calibration', ...Object.keys(makers)]);

export function pipelineParams(params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => ofPipeline.has(name)));
}

export function learnerParams(params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => !ofPipeline.has(name)));
}
