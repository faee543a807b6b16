import type { EndpointState, ServedModelState } from '../../api/endpoints.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import { text } from '../../text/endpoints.ts';

const looks: Readonly<Record<EndpointState, readonly [icon: IconName, look: string]>> = {
  pending: ['running', 'running'],
  ready: ['finished', 'finished'],
  updating: ['running', 'running'],
  failed: ['failed', 'failed'],
  stopped: ['killed', 'killed'],
};

/** A state told by shape, colour and a word. */
export function StateMark({ state }: { state: EndpointState | ServedModelState }) {
  const [icon, look] = looks[state];
  return (
    <span className="endpoint-state" data-state={state}>
      <span className={`status ${look}`}>
        <Icon name={icon} />
      </span>
      {text.states[state]}
    </span>
  );
}
