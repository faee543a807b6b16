/** The environment of a program that this server starts: its own, without what would send that program elsewhere. */

const ofAnotherServer = /^MLFLOW_(TRACKING|REGISTRY)_/;

/** @param address of this server, which the program takes for its tracking server */
export function childEnvironment(address: string, token: string): Record<string, string> {
  const own = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !ofAnotherServer.test(entry[0]),
  );
  const { hostname } = new URL(address);
  const { NO_PROXY, no_proxy: noProxy = NO_PROXY } = process.env;
  // A proxy knows another machine by this address.
  const direct = noProxy === undefined || noProxy === '' ? hostname : `${noProxy},${hostname}`;
  return {
    ...Object.fromEntries(own),
    NO_PROXY: direct,
    no_proxy: direct,
    MLFLOW_TRACKING_URI: address,
    MLFLOW_TRACKING_TOKEN: token,
  };
}
