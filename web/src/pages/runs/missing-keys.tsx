import { useQueries, useQuery } from '@tanstack/react-query';
import { didYouMean } from '../../api/did-you-mean.ts';
import { runColumns, type ColumnKeys } from '../../api/run-columns.ts';
import { text } from '../../text/runs.ts';
import { clausesOf, type RunQuery } from './run-query.ts';

type Kind = 'metrics' | 'params' | 'tags';

const kinds: Readonly<Record<string, Kind>> = { m: 'metrics', p: 'params', t: 'tags' };

/** Why a filter finds nothing, where it asks for a key that no run of these experiments has: most are misspelt. */
export function MissingKeys({ query }: { query: RunQuery }) {
  const named = clausesOf(query.filter).flatMap(keyIn);
  const view = query.deleted ? 'DELETED_ONLY' : 'ACTIVE_ONLY';
  const { data: all } = useQuery({ ...runColumns(query.experimentIds, view), enabled: named.length > 0 });
  const found = useQueries({ queries: named.map(({ key }) => runColumns(query.experimentIds, view, key)) });
  return named.map(({ kind, key }, at) => {
    const data = found[at]?.data;
    if (!data || mayHave(data, kind, key)) return undefined;
    const near = didYouMean(key, namesOf(all, kind));
    return <p key={`${kind}.${key}`}>{text.noSuchKey(kind, key) + near}</p>;
  });
}

/** What MLflow sets itself is no column. */
function keyIn(clause: string): { kind: Kind; key: string }[] {
  const found = /^(metric|param|parameter|tag)s?\.(?:`([^`]+)`|"([^"]+)"|([\w./-]+))/i.exec(clause);
  const kind = kinds[found?.[1]?.charAt(0).toLowerCase() ?? ''];
  const key = found?.[2] ?? found?.[3] ?? found?.[4] ?? '';
  return kind === undefined || key.startsWith('mlflow.') ? [] : [{ kind, key }];
}

function mayHave(data: ColumnKeys, kind: Kind, key: string): boolean {
  const names = namesOf(data, kind);
  return names.includes(key) || names.length < (data[`${kind}_total`] ?? 0);
}

function namesOf(data: ColumnKeys | undefined, kind: Kind): string[] {
  return (data?.[kind] ?? []).map(({ key = '' }) => key);
}
