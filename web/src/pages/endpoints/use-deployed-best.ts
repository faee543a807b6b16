import { useQuery } from '@tanstack/react-query';
import { endpointList, type Endpoint } from '../../api/endpoints.ts';

/** The endpoint that sends a version most traffic; undefined where it is not deployed. */
export function useDeployedBest(name: string, version: string): Endpoint | undefined {
  const { data = [] } = useQuery(endpointList(name));
  const places = data.flatMap((endpoint) => {
    const own = endpoint.serving.find((one) => one.model_name === name && one.version === version);
    return own ? [{ endpoint, share: own.traffic_percentage }] : [];
  });
  return places.toSorted((a, b) => b.share - a.share)[0]?.endpoint;
}
