/** Where a server keeps its data, for commands that work on it without the server: told as the server is. */
import { serverConfig, type ServerConfig } from '../config/server-config.ts';
import { serverFlags, type ServerFlag } from '../config/server-flags.ts';

const names = ['data', 'backend-store-uri', 'artifacts-destination', 'default-artifact-root'] as const;
type Name = (typeof names)[number];

/** @param group the heading in the help */
export function placeFlags<const Group extends string>(group: Group) {
  return {
    data: { ...serverFlags.data, group },
    'backend-store-uri': { ...serverFlags['backend-store-uri'], group },
    'artifacts-destination': { ...serverFlags['artifacts-destination'], group },
    'default-artifact-root': { ...serverFlags['default-artifact-root'], group },
  } as const satisfies Record<Name, ServerFlag>;
}

export function configOf(flags: { readonly [name in Name]?: string | undefined }): ServerConfig {
  return serverConfig(Object.fromEntries(names.map((name) => [name, flags[name]])));
}
