import { useQuery } from '@tanstack/react-query';
import { overviewQuery, type ListedExperiment } from '../../api/experiments.ts';

/** Active experiments as typed, those that are busy first. */
export function useExperimentsFound(
  words: string,
  most: number,
): { experiments: readonly ListedExperiment[]; total: number; settled: boolean; error: Error | null } {
  const query = overviewQuery({
    text: words.trim(),
    view_type: 'ACTIVE_ONLY',
    order_by: 'last_activity',
    max_results: most,
  });
  const { data, isPlaceholderData, error } = useQuery({ ...query, placeholderData: (before) => before });
  return {
    experiments: data?.experiments ?? [],
    total: data?.total ?? 0,
    settled: !!data && !isPlaceholderData,
    error,
  };
}
