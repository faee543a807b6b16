/** How endpoints are shown. */
import type { endpoint } from '../../protocol/endpoints.ts';
import type { Decoded } from '../../protocol/schema.ts';
import type { Detail } from '../output/output.ts';
import type { Column } from '../output/table.ts';
import type { Colour } from '../output/terminal.ts';
import { Bytes, Span } from '../output/values.ts';

export type Endpoint = Decoded<typeof endpoint>;

function colourOf({ state }: Endpoint): Colour | undefined {
  if (state === 'failed') return 'red';
  return state === 'ready' ? 'green' : state === 'stopped' ? 'dim' : 'yellow';
}

/** `models:/churn@champion → 3`, with the share where there are two. */
function wantedText({ served_models: models }: Endpoint): string {
  return models
    .map(({ model_uri: uri, version, traffic_percentage: share }) => {
      const points = uri?.includes('@') ? ` → ${version ?? 'none'}` : '';
      return `${uri}${points}${models.length > 1 ? ` (${share} %)` : ''}`;
    })
    .join(', ');
}

function milliseconds(value: number | undefined): Span | undefined {
  return value === undefined ? undefined : new Span(value);
}

export const columns: readonly Column<Endpoint>[] = [
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'STATE', cell: ({ state }) => state, colour: colourOf, whole: true },
  { title: 'SERVES', cell: wantedText },
  { title: 'REQUESTS/H', cell: ({ last_hour: hour }) => hour?.requests, whole: true },
  { title: 'ERRORS/H', cell: ({ last_hour: hour }) => hour?.errors, whole: true },
  { title: 'P50', cell: ({ last_hour: hour }) => milliseconds(hour?.p50_ms), whole: true },
  { title: 'UPDATED', cell: ({ last_update_time: time }) => new Date(Number(time)), whole: true },
  { title: 'MESSAGE', cell: ({ message }) => message || undefined, optional: true },
];

export function details(found: Endpoint, url: string): Detail[] {
  const { last_hour: hour, capture_sample_rate: rate = 0 } = found;
  return [
    ['Endpoint', found.name, 'bold'],
    ['State', found.state, colourOf(found)],
    ['Message', found.message || undefined],
    ['Description', found.description || undefined],
    ['Address', url + (found.invocations_path ?? '')],
    ['Serves', wantedText(found)],
    ['Answering', found.serving.map(({ model_uri: uri }) => uri).join(', ') || 'nobody'],
    ['Environment', found.env_manager],
    ['Workers', found.workers],
    ['Time limit', new Span((found.timeout_seconds ?? 0) * 1000)],
    ['Captures', rate === 0 ? 'nothing' : `${rate * 100} % of the requests`],
    ['At most', rate === 0 ? undefined : new Bytes(Number(found.capture_max_bytes))],
    ['Captured in run', found.capture_run_id],
    ['Requests, last hour', hour?.requests],
    ['Errors, last hour', hour?.errors],
    ['p50, last hour', milliseconds(hour?.p50_ms)],
    ['p95, last hour', milliseconds(hour?.p95_ms)],
    ['Created', new Date(Number(found.creation_time))],
    ['Updated', new Date(Number(found.last_update_time))],
  ];
}
