/** What columns named `attributes.<name>` may be. */
export { runAttributes } from '../../../src/protocol/views.ts';
