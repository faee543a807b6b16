import type { Endpoint } from '../../api/endpoints.ts';
import { count, shortNumber } from '../../components/format.ts';
import type { GridColumn } from '../../components/grid/grid-types.ts';
import { Time } from '../../components/time.tsx';
import { text } from '../../text/endpoints.ts';
import { EndpointLink } from './endpoint-link.tsx';
import { StateMark } from './state-mark.tsx';
import { VersionChip } from './version-chip.tsx';

interface EndpointColumn extends Omit<GridColumn<Endpoint>, 'sort' | 'sortable'> {
  /** What the table is sorted by. */
  readonly value: (endpoint: Endpoint) => string | number;
}

const columns: readonly EndpointColumn[] = [
  {
    key: 'name',
    title: text.columns.name,
    width: 220,
    value: ({ name }) => name,
    cell: ({ name }) => <EndpointLink name={name}>{name}</EndpointLink>,
  },
  {
    key: 'state',
    title: text.columns.state,
    width: 110,
    value: ({ state }) => state,
    cell: ({ state, message }) => (
      <span title={message}>
        <StateMark state={state} />
      </span>
    ),
  },
  {
    key: 'serving',
    title: text.columns.serving,
    width: 290,
    value: ({ serving, served_models: wanted }) => serving[0]?.model_uri ?? wanted[0]?.model_uri ?? '',
    cell: ({ serving, served_models: wanted }) => (
      <span className="chips">
        {(serving.length > 0 ? serving : wanted).map(({ model_uri: uri, traffic_percentage: share }) => (
          <VersionChip key={uri} uri={uri} share={share} />
        ))}
      </span>
    ),
  },
  {
    key: 'requests',
    title: text.columns.requests,
    width: 110,
    align: 'end',
    value: ({ last_hour: hour }) => hour?.requests ?? 0,
    cell: ({ last_hour: hour }) => count(hour?.requests ?? 0),
  },
  {
    key: 'errors',
    title: text.columns.errors,
    width: 96,
    align: 'end',
    value: ({ last_hour: hour }) => hour?.errors ?? 0,
    cell: ({ last_hour: hour }) => (
      <span className={hour !== undefined && hour.errors > 0 ? 'endpoint-bad' : 'dim'}>{count(hour?.errors ?? 0)}</span>
    ),
  },
  {
    key: 'p50',
    title: text.columns.p50,
    width: 84,
    align: 'end',
    value: ({ last_hour: hour }) => hour?.p50_ms ?? -1,
    cell: ({ last_hour: hour }) => (hour?.p50_ms === undefined ? '' : shortNumber(hour.p50_ms)),
  },
  {
    key: 'p95',
    title: text.columns.p95,
    width: 84,
    align: 'end',
    value: ({ last_hour: hour }) => hour?.p95_ms ?? -1,
    cell: ({ last_hour: hour }) => (hour?.p95_ms === undefined ? '' : shortNumber(hour.p95_ms)),
  },
  {
    key: 'updated',
    title: text.columns.updated,
    width: 120,
    value: (endpoint) => endpoint.last_update_time,
    cell: (endpoint) => <Time at={endpoint.last_update_time} />,
  },
  {
    key: 'description',
    title: text.columns.description,
    width: 240,
    value: ({ description }) => description ?? '',
    cell: ({ description }) => <span className="dim">{description}</span>,
  },
];

/** Columns of words begin with A, those of numbers with the greatest. */
export function startsDescending(key: string): boolean {
  return ['requests', 'errors', 'p50', 'p95', 'updated'].includes(key);
}

export function isEndpointColumn(key: string): boolean {
  return columns.some((column) => column.key === key);
}

export function endpointColumns(sort: string, ascending: boolean): readonly GridColumn<Endpoint>[] {
  return columns.map((column) => ({
    ...column,
    sortable: true,
    ...(column.key === sort ? { sort: { descending: !ascending, place: 0 } } : {}),
  }));
}

/** `churn-2` before `churn-10`. */
const byWords = new Intl.Collator(undefined, { numeric: true });

export function sortedEndpoints(endpoints: readonly Endpoint[], sort: string, ascending: boolean): Endpoint[] {
  const value = columns.find(({ key }) => key === sort)?.value ?? (({ name }: Endpoint) => name);
  const sign = ascending ? 1 : -1;
  return endpoints.toSorted((a, b) => {
    const [one, other] = [value(a), value(b)];
    const order =
      typeof one === 'number' && typeof other === 'number' ? one - other : byWords.compare(String(one), String(other));
    return order === 0 ? byWords.compare(a.name, b.name) : order * sign;
  });
}

/** Every word must stand somewhere in what the row shows. */
export function matchingEndpoints(endpoints: readonly Endpoint[], query: string): readonly Endpoint[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return endpoints;
  return endpoints.filter(({ name, state, description, served_models: wanted, serving }) => {
    const uris = [...wanted, ...serving].map(({ model_uri: uri }) => uri);
    const whole = [name, state, text.states[state], description ?? '', ...uris].join('\n').toLowerCase();
    return words.every((word) => whole.includes(word));
  });
}
