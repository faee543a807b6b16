import { useQuery } from '@tanstack/react-query';
import { experimentQuery } from '../../api/experiments.ts';
import { CellLink } from '../../components/cell-link.tsx';

/** By its name, once that is known. */
export function ExperimentLink({ id, tabIndex = 0 }: { id: string; tabIndex?: number }) {
  const { data } = useQuery(experimentQuery(id));
  const name = data?.name ?? id;
  return (
    <CellLink path={`/experiments/${id}/runs`} title={name} tabIndex={tabIndex}>
      {name}
    </CellLink>
  );
}
