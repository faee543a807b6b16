/** The same for names that are wrong in an address or a filter as for those on the command line. */
export { didYouMean } from '../../../src/common/did-you-mean.ts';
