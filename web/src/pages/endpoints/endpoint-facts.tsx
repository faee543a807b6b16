import type { Endpoint } from '../../api/endpoints.ts';
import { Button } from '../../components/button.tsx';
import { Fact } from '../../components/fact.tsx';
import { bytes, count, shortNumber } from '../../components/format.ts';
import { Time } from '../../components/time.tsx';
import { text } from '../../text/endpoints.ts';
import { percentOf } from './settings.ts';

export function EndpointFacts({ endpoint, onSettings }: { endpoint: Endpoint; onSettings: () => void }) {
  const { last_hour: hour, capture_sample_rate: rate } = endpoint;
  return (
    <div className="endpoint-facts">
      <dl className="page-facts">
        <Fact title={text.facts.lastHour}>
          {text.facts.requests(count(hour?.requests ?? 0), count(hour?.errors ?? 0))}
        </Fact>
        {hour?.p50_ms !== undefined && (
          <Fact title={text.facts.latency}>
            {text.facts.latencies(shortNumber(hour.p50_ms), shortNumber(hour.p95_ms ?? hour.p50_ms))}
          </Fact>
        )}
        <Fact title={text.facts.environment}>{text.form.environments[endpoint.env_manager]}</Fact>
        <Fact title={text.facts.workers}>{count(endpoint.workers)}</Fact>
        <Fact title={text.facts.timeout}>{text.facts.seconds(count(endpoint.timeout_seconds))}</Fact>
        <Fact title={text.facts.capture}>
          {rate
            ? text.facts.capturing(shortNumber(percentOf(rate)), bytes(endpoint.capture_max_bytes ?? 0))
            : text.facts.capturesNothing}
        </Fact>
        <Fact title={text.facts.created}>
          <Time at={endpoint.creation_time} />
        </Fact>
        <Fact title={text.facts.changed}>
          <Time at={endpoint.last_update_time} />
        </Fact>
      </dl>
      <Button kind="quiet" icon="pencil" onClick={onSettings}>
        {text.facts.edit}
      </Button>
    </div>
  );
}
