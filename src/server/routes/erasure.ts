import { erasure as api } from '../../protocol/api.ts';
import { implement } from '../handler.ts';

export const erasureRoutes = [
  implement(api.eraseRuns, (request, { erasure }) => erasure.eraseRuns(request)),
  implement(api.eraseExperiment, (request, { erasure }) => erasure.eraseExperiment(request)),
];
