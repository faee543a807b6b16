/** From which hosts projects may be fetched though their addresses are not public. */
import { environment } from '../../sdk/settings.ts';

export interface PrivateHosts {
  allows(host: string, port: number): boolean;
}

/** `MODELYARD_GIT_PRIVATE_HOSTS`; undefined: nobody forbids anything, as for a person at the command line. */
export function privateHosts(): PrivateHosts | undefined {
  const list = environment('MODELYARD_GIT_PRIVATE_HOSTS')
    ?.split(',')
    .map((one) => one.trim().toLowerCase());
  if (list === undefined || list.includes('*')) return undefined;
  return {
    allows(host, port) {
      const name = host.toLowerCase();
      return list.includes(name) || list.includes(`${name}:${port}`);
    },
  };
}
