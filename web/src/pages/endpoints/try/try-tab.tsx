import type { Endpoint } from '../../../api/endpoints.ts';
import { Loading, State } from '../../../components/page.tsx';
import { text } from '../../../text/endpoints.ts';
import { mainVersion } from '../main-version.ts';
import { Attempt } from './attempt.tsx';
import { useVersionExample } from './use-example.ts';

/** A request to the endpoint, written as a form or as JSON, and its answer. */
export function TryTab({ endpoint }: { endpoint: Endpoint }) {
  const version = mainVersion(endpoint);
  if (!version) {
    return (
      <State title={text.served.nobody}>
        <p>{text.attempt.nobody}</p>
      </State>
    );
  }
  return <OfVersion key={`${version.name}/${version.version}`} endpoint={endpoint} {...version} />;
}

function OfVersion({ endpoint, name, version }: { endpoint: Endpoint; name: string; version: string }) {
  const { signature, request } = useVersionExample(name, version);
  if (request === undefined) return <Loading />;
  return (
    <Attempt
      endpoint={endpoint}
      version={text.versionOf(name, version)}
      request={request}
      signature={typeof signature === 'object' ? signature : undefined}
    />
  );
}
