/** A method of forecasting, as code that a notebook is made of. */
import type { AutomlFramework } from '../../../protocol/automl-config.ts';
import type { Part } from '../../notebook/part.ts';
import type { Proposal, Range } from '../../worker/worker.ts';
import type { SeriesSetting } from '../series-setting.ts';

export type Params = Proposal['params'];

/** The parameter `transform` = `log` is common to all: they are given logarithms then. */
export interface Estimator {
  readonly name: string;
  readonly framework: AutomlFramework;
  /** For the reader of the notebook. */
  readonly about: string;
  /** As `importStatements` takes them. */
  readonly imports: readonly string[];
  /** About what a fit to a series of 150 steps takes of a core, as it is cheapest. */
  readonly seconds: number;
  /** One model for all series: many cost it little more than few. */
  readonly isGlobal?: boolean;
  /** Its forecasts follow the covariates; others look at the values of the series alone. */
  readonly usesCovariates?: boolean;
  /** Packages that its model needs when it is loaded. */
  readonly packages: readonly string[];
  /**
   * Python: methods `train(self, history)` and `ahead(self, rows, steps)` of the class, at their indentation. `history`
   * has no gaps; `ahead` gives yhat, lower and upper of the rows, which are `steps` for each series in the order of names.
   */
  methods(params: Params, setting: SeriesSetting): string;
  /** What a reader wants to see of the fitted `model`; `keep(name, figure, numbers)` keeps a plot. */
  plots?(params: Params, setting: SeriesSetting): Part;
  /** Configurations to begin with; none when the method does not fit these series. */
  portfolio(setting: SeriesSetting): readonly Params[];
  /** Undefined: there is nothing to search. */
  space?(setting: SeriesSetting): Readonly<Record<string, Range>>;
}
