import { useQuery } from '@tanstack/react-query';
import { plotsOf, type ShownPlot } from '../../../api/automl-plots.ts';
import { runQuery } from '../../../api/run.ts';

interface TrialPlots {
  /** Undefined: not read yet. */
  readonly plots: readonly ShownPlot[] | undefined;
  /** The trial that it is a refit of. */
  readonly base: { readonly runId: string; readonly name: string } | undefined;
  readonly error: Error | null;
  readonly refetch: () => void;
}

/** The plots of a trial. A refit to all rows has none to be judged by: those of what it is a refit of stand in. */
export function useTrialPlots(runId: string): TrialPlots {
  const run = useQuery(runQuery(runId));
  const baseId = run.data?.params.find(({ key }) => key === 'refit_of')?.value;
  const base = useQuery({ ...runQuery(baseId ?? ''), enabled: baseId !== undefined });
  const own = useQuery(plotsOf(runId));
  const others = useQuery({ ...plotsOf(baseId ?? ''), enabled: baseId !== undefined });
  const missing = (others.data ?? []).filter(({ name }) => !own.data?.some((one) => one.name === name));
  return {
    plots: own.data && (baseId === undefined || others.data) && run.data ? [...own.data, ...missing] : undefined,
    base: baseId === undefined ? undefined : { runId: baseId, name: base.data?.name ?? baseId },
    error: run.error ?? own.error ?? others.error,
    refetch: () => {
      void own.refetch();
      void others.refetch();
    },
  };
}
