/** `modelyard/mljs` where there are files and processes. */
import './index.ts';

export * from '../mljs/index.ts';
