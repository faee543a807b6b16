import { comparison as api } from '../../protocol/api.ts';
import { implement } from '../handler.ts';

export const comparisonRoutes = [
  implement(api.compareRuns, (request, { views }) => views.compareRuns(request.run_ids)),
];
