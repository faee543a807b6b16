/** `modelyard/tensorflow` where there are files and processes. */
import './index.ts';

export * from '../tensorflow/index.ts';
