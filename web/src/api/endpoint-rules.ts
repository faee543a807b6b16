/** The server's own rules for endpoints, so that a form is judged while it is typed. */
import { limits } from '../../../src/protocol/limits.ts';

export { endpointName, envManagers } from '../../../src/protocol/endpoints.ts';
export const mostWorkers = limits.endpointWorkers;
export const longestTimeout = limits.endpointTimeoutSeconds;
export const mostCaptureBytes = limits.endpointCaptureBytes;
