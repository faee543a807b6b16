/** The server's own rules for jobs, for choices and forms. */
export { withoutPassword } from '../../../src/common/without-password.ts';
export { jobStates, projectEnvManagers } from '../../../src/protocol/jobs.ts';
export { numberNeeded } from '../../../src/protocol/project-parameters.ts';
