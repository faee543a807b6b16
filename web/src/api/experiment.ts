import { queryOptions } from '@tanstack/react-query';
import { deleteExperimentTag, getExperiment, setExperimentTag } from '../../../src/protocol/experiments.ts';
import { call } from './client.ts';

export function experimentById(experimentId: string) {
  return queryOptions({
    queryKey: ['experiment', experimentId],
    queryFn: async ({ signal }) =>
      (await call(getExperiment, { experiment_id: experimentId }, signal)).experiment ?? {},
  });
}

export const tagExperiment = (experimentId: string, key: string, value: string) =>
  call(setExperimentTag, { experiment_id: experimentId, key, value });

export const untagExperiment = (experimentId: string, key: string) =>
  call(deleteExperimentTag, { experiment_id: experimentId, key });
