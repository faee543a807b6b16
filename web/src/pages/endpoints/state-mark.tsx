import type { EndpointState, ServedModelState } from '../../api/endpoints.ts';
import { StateWord, type StateLook } from '../../components/state-word.tsx';
import { text } from '../../text/endpoints.ts';

const looks: Readonly<Record<EndpointState, StateLook>> = {
  pending: 'running',
  ready: 'finished',
  updating: 'running',
  failed: 'failed',
  stopped: 'killed',
};

export function StateMark({ state }: { state: EndpointState | ServedModelState }) {
  return <StateWord look={looks[state]} word={text.states[state]} state={state} />;
}
