/** What the server and the charts count alike. */
export { leastSquares, pearson, spearman, type Line } from '../../../src/common/correlation.ts';
export { studentT } from '../../../src/common/significance.ts';
export { looksNumeric } from '../../../src/common/number-text.ts';
