/** One rule for spans, here and on the command line. */
export { spanIn } from '../../../src/common/span-text.ts';
