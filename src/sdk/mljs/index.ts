/** Autologging and models of the mljs family: ml-random-forest, ml-cart, ml-naivebayes, ml-logistic-regression, ml-knn. */
export { autolog } from './autolog.ts';
export { mljsModel } from './mljs-model.ts';
export type { AutologOptions } from '../autolog-run.ts';
