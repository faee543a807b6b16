/** All methods of forecasting, the cheap ones first. */
import { autoArima } from './auto-arima.ts';
import { autoEts } from './auto-ets.ts';
import { autoTheta } from './auto-theta.ts';
import type { Estimator } from './estimator.ts';
import { lightgbm } from './lightgbm.ts';
import { mstl } from './mstl.ts';
import { prophet } from './prophet.ts';
import { seasonalNaive } from './seasonal-naive.ts';

export const estimators: readonly Estimator[] = [seasonalNaive, autoEts, autoTheta, mstl, autoArima, lightgbm, prophet];

export function estimatorOf(name: string): Estimator {
  const found = estimators.find((estimator) => estimator.name === name);
  if (!found) throw new Error(`There is no method of forecasting named ${name}`);
  return found;
}
