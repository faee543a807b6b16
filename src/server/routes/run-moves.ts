import { runMoves as api } from '../../protocol/api.ts';
import { implement } from '../handler.ts';

export const runMoveRoutes = [implement(api.moveRuns, (request, { runMoves }) => runMoves.move(request))];
