import { useCallback, useMemo } from 'react';
import { useUrlState } from '../../components/url-state.ts';

/** A set of names kept in the address, such as the groups that are closed. */
export function useUrlSet(parameter: string): [ReadonlySet<string>, (name: string) => void] {
  const [values, setUrl] = useUrlState();
  const list = values[parameter] ?? '';
  const names = useMemo(() => new Set(list === '' ? [] : list.split(',').map(decoded)), [list]);
  const toggle = useCallback(
    (name: string) => {
      const next = new Set(names);
      if (!next.delete(name)) next.add(name);
      setUrl({ [parameter]: [...next].map(encodeURIComponent).join(',') }, { replace: true });
    },
    [names, parameter, setUrl],
  );
  return [names, toggle];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
