import { childEnvironment } from '../config/child-environment.ts';

/** Of the server's own run or choice, if it was started within one. */
const notInherited = ['MLFLOW_RUN_ID', 'MLFLOW_EXPERIMENT_ID', 'MLFLOW_EXPERIMENT_NAME'];

/** The environment of a program that runs or reads a project for somebody who called the API. */
export function jobEnvironment(address: string, token: string): Record<string, string> {
  const inherited = Object.entries(childEnvironment(address, token)).filter(([name]) => !notInherited.includes(name));
  return {
    // As often as mlflow allows: this server may be started anew while the job goes on.
    MLFLOW_HTTP_REQUEST_MAX_RETRIES: '9',
    // What a caller names is fetched by this machine; whoever starts the server may allow hosts of its own network.
    MODELYARD_GIT_PRIVATE_HOSTS: 'none',
    ...Object.fromEntries(inherited),
  };
}
