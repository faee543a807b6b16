import { text } from '../../text/endpoints.ts';
import { CallSection } from './call-section.tsx';
import { useDeployedBest } from './use-deployed-best.ts';

/** How to ask a version where it is deployed; the endpoint that sends it most traffic stands for the others. */
export function CallDeployed({ name, version }: { name: string; version: string }) {
  const endpoint = useDeployedBest(name, version);
  if (!endpoint) return undefined;
  return <CallSection endpoint={endpoint} version={{ name, version }} title={text.call.at(endpoint.name)} />;
}
