import { useCallback, useMemo } from 'react';
import { useUrlState } from './url-state.ts';

/** A set of names kept in the address, such as the groups that are closed. */
export function useUrlSet(parameter: string): [ReadonlySet<string>, (name: string) => void] {
  const [values, setUrl] = useUrlState();
  const list = values[parameter] ?? '';
  const names = useMemo(() => new Set(list === '' ? [] : list.split(',').map(decoded)), [list]);
  const toggle = useCallback(
    (name: string) => {
      const next = new Set(names);
      if (!next.delete(name)) next.add(name);
      setUrl({ [parameter]: [...next].map(encoded).join() }, { replace: true });
    },
    [names, parameter, setUrl],
  );
  return [names, toggle];
}

/** A name between the commas and tildes of a list; the empty one is a tilde, for an empty list has no names. */
export function encoded(name: string): string {
  return name === '' ? '~' : encodeURIComponent(name).replaceAll('~', '%7E');
}

export function decoded(part: string): string {
  if (part === '~') return '';
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
