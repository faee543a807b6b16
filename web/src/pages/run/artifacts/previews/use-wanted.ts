import { useUrlState } from '../../../../components/url-state.ts';

/** How much of a large file the reader asked for: a part that tells what it is, or everything. */
export type Wanted = 'start' | 'all' | undefined;

/** It stands in the address, so that a reload and a link show the same. */
export function useWanted(): [Wanted, (wanted: 'start' | 'all') => void] {
  const [url, setUrl] = useUrlState();
  const load = url['load'];
  return [
    load === 'start' || load === 'all' ? load : undefined,
    (wanted) => {
      setUrl({ load: wanted });
    },
  ];
}
