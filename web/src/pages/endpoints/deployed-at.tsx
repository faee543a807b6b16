import { useQuery } from '@tanstack/react-query';
import { endpointList, type Endpoint } from '../../api/endpoints.ts';
import { text } from '../../text/endpoints.ts';
import { EndpointLink } from './endpoint-link.tsx';

interface Place {
  readonly endpoint: Endpoint;
  /** Of its traffic; undefined where the version is wanted and does not answer. */
  readonly share: number | undefined;
}

function placesOf(endpoints: readonly Endpoint[], name: string, version: string): Place[] {
  const isThis = (model: { model_name: string; version?: string }): boolean =>
    model.model_name === name && model.version === version;
  return endpoints.flatMap((endpoint) => {
    const answering = endpoint.serving.find(isThis);
    if (!answering && !endpoint.served_models.some(isThis)) return [];
    return [{ endpoint, share: answering?.traffic_percentage }];
  });
}

/** The endpoints that serve a version, or are to. */
export function DeployedAt({ name, version }: { name: string; version: string }) {
  const { data = [] } = useQuery(endpointList(name));
  const places = placesOf(data, name, version);
  if (places.length === 0) return <span className="dim">{text.deploy.nowhere}</span>;
  return (
    <span className="chips wrap">
      {places.map(({ endpoint, share }) => (
        <EndpointLink
          key={endpoint.name}
          name={endpoint.name}
          className="chip"
          tabIndex={0}
          title={share === undefined ? text.deploy.wanted(endpoint.name) : text.deploy.serving(endpoint.name, share)}
        >
          <span className="ellipsis">{endpoint.name}</span>
          <span className="dim">
            {share === undefined ? text.states[endpoint.state].toLowerCase() : text.percent(share)}
          </span>
        </EndpointLink>
      ))}
    </span>
  );
}
