import type { Endpoint } from '../../api/endpoints.ts';

export interface NamedVersion {
  readonly name: string;
  readonly version: string;
}

/** The version that answers most requests, or else the one that is wanted; its signature is the endpoint's. */
export function mainVersion({ serving, served_models: wanted }: Endpoint): NamedVersion | undefined {
  const [main] = [...serving, ...(serving.length === 0 ? wanted : [])].toSorted(
    (a, b) => b.traffic_percentage - a.traffic_percentage,
  );
  return main?.version === undefined ? undefined : { name: main.model_name, version: main.version };
}
