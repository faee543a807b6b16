import { useQuery } from '@tanstack/react-query';
import { surroundingsQuery, type RunDetail } from '../../api/run.ts';
import { runColour, runColourTag, type RunColour } from '../../charts/run-colour.ts';

/** The one that it has in every list and chart. */
export function useColourOfRun({ id, tags }: RunDetail): RunColour {
  const { data: around } = useQuery(surroundingsQuery(id));
  return runColour(Number(around?.run_number ?? 1), tags.get(runColourTag));
}
