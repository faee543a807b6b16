/** Every method of the API, family by family; the router and the generated reference walk this list. */
import * as experiments from './experiments.ts';
import * as runs from './runs.ts';
import * as erasure from './erasure.ts';
import * as runMoves from './run-moves.ts';
import * as metrics from './metrics.ts';
import * as artifacts from './artifacts.ts';
import * as loggedModels from './logged-models.ts';
import * as registeredModels from './registered-models.ts';
import * as modelVersions from './model-versions.ts';
import * as views from './views.ts';
import * as comparison from './comparison.ts';
import * as registryViews from './registry-views.ts';
import * as endpoints from './endpoints.ts';
import * as jobs from './jobs.ts';
import * as automl from './automl.ts';

export {
  experiments,
  runs,
  erasure,
  runMoves,
  metrics,
  artifacts,
  loggedModels,
  registeredModels,
  modelVersions,
  views,
  comparison,
  registryViews,
  endpoints,
  jobs,
  automl,
};
