import type { Handler } from '../handler.ts';
import { automlRoutes } from './automl.ts';
import { comparisonRoutes } from './comparison.ts';
import { endpointRoutes } from './endpoints.ts';
import { erasureRoutes } from './erasure.ts';
import { experimentRoutes } from './experiments.ts';
import { jobRoutes } from './jobs.ts';
import { loggedModelRoutes } from './logged-models.ts';
import { metricRoutes } from './metrics.ts';
import { modelVersionRoutes } from './model-versions.ts';
import { registeredModelRoutes } from './registered-models.ts';
import { registryViewRoutes } from './registry-views.ts';
import { runMoveRoutes } from './run-moves.ts';
import { runRoutes } from './runs.ts';
import { viewRoutes } from './views.ts';

/** Every method that answers from the database. Methods that touch artifacts are in `artifacts.ts`. */
export const jsonRoutes: readonly Handler[] = [
  ...experimentRoutes,
  ...runRoutes,
  ...runMoveRoutes,
  ...erasureRoutes,
  ...metricRoutes,
  ...loggedModelRoutes,
  ...registeredModelRoutes,
  ...modelVersionRoutes,
  ...viewRoutes,
  ...comparisonRoutes,
  ...registryViewRoutes,
  ...endpointRoutes,
  ...jobRoutes,
  ...automlRoutes,
];
