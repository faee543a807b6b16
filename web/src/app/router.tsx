/** Every address of the UI. What a page shows stands in its path and its flat query, and nowhere else. */
import { createRootRoute, createRoute, createRouter, redirect, type RouteComponent } from '@tanstack/react-router';
import { prefix } from '../api/client.ts';
import { later } from '../components/later.tsx';
import { PageTitle } from '../components/page.tsx';
import { ExperimentsPage } from '../pages/experiments/experiments-page.tsx';
import { beginChartRuns } from '../pages/charts/runs-question.ts';
import { LoggedModelPage } from '../pages/run/logged-model-page.tsx';
import { beginRunRows } from '../pages/runs/use-run-rows.ts';
import { RunsPage } from '../pages/runs/runs-page.tsx';
import { Frame } from './frame.tsx';
import { HomePage } from './home-page.tsx';
import { NotFound } from './not-found.tsx';
import { NotHere } from './not-here.tsx';
import { PageError } from './page-error.tsx';

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });

function page<const Path extends string>(path: Path, component: RouteComponent) {
  return createRoute({ getParentRoute: () => root, path, component });
}

/** A page whose code comes with its first visit. */
function lazyPage<Name extends string>(load: () => Promise<Record<Name, RouteComponent>>, name: Name) {
  return later(load, name, PageTitle);
}

const chartsPage = lazyPage(() => import('../pages/charts/charts-page.tsx'), 'ChartsPage');
const runPage = lazyPage(() => import('../pages/run/run-page.tsx'), 'RunPage');
const modelsPage = lazyPage(() => import('../pages/models/models-page.tsx'), 'ModelsPage');
const modelPage = lazyPage(() => import('../pages/models/model-page.tsx'), 'ModelPage');
const versionPage = lazyPage(() => import('../pages/models/version-page.tsx'), 'VersionPage');
const compareVersionsPage = lazyPage(() => import('../pages/models/compare-versions-page.tsx'), 'CompareVersionsPage');
const comparePage = lazyPage(() => import('../pages/compare/compare-page.tsx'), 'ComparePage');
const endpointsPage = lazyPage(() => import('../pages/endpoints/endpoints-page.tsx'), 'EndpointsPage');
const endpointPage = lazyPage(() => import('../pages/endpoints/endpoint-page.tsx'), 'EndpointPage');
const jobsPage = lazyPage(() => import('../pages/jobs/jobs-page.tsx'), 'JobsPage');
const newJobPage = lazyPage(() => import('../pages/jobs/new-job-page.tsx'), 'NewJobPage');
const jobPage = lazyPage(() => import('../pages/jobs/job-page.tsx'), 'JobPage');
const pipelinesPage = lazyPage(() => import('../pages/pipelines/pipelines-page.tsx'), 'PipelinesPage');
const pipelinePage = lazyPage(() => import('../pages/pipelines/pipeline-page.tsx'), 'PipelinePage');

const searchesPage = lazyPage(() => import('../pages/automl/searches-page.tsx'), 'SearchesPage');
const newSearchPage = lazyPage(() => import('../pages/automl/form/new-search-page.tsx'), 'NewSearchPage');
const startingPage = lazyPage(() => import('../pages/automl/starting-page.tsx'), 'StartingPage');
const searchPage = lazyPage(() => import('../pages/automl/search-page.tsx'), 'SearchPage');

const laterPages = [
  chartsPage,
  runPage,
  modelsPage,
  modelPage,
  versionPage,
  compareVersionsPage,
  comparePage,
  endpointsPage,
  endpointPage,
  jobsPage,
  newJobPage,
  jobPage,
  pipelinesPage,
  pipelinePage,
  searchesPage,
  newSearchPage,
  startingPage,
  searchPage,
];

const routes = [
  page('/', HomePage),
  page('/experiments', ExperimentsPage),
  createRoute({
    getParentRoute: () => root,
    path: '/experiments/$experimentId',
    beforeLoad: ({ params }) => {
      // oxlint-disable-next-line typescript/only-throw-error
      throw redirect({ to: '/experiments/$experimentId/runs', params } as never);
    },
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/experiments/$experimentId/runs',
    component: RunsPage,
    beforeLoad: ({ params, search, cause }) => {
      if (cause !== 'stay') beginRunRows(search, params.experimentId);
    },
  }),
  // Runs of several experiments: /runs?experiments=1,2
  page('/runs', RunsPage),
  createRoute({
    getParentRoute: () => root,
    path: '/experiments/$experimentId/charts',
    component: chartsPage,
    beforeLoad: ({ params, search, cause }) => {
      if (cause !== 'stay') beginChartRuns(search, params.experimentId);
    },
  }),
  // Charts of several experiments: /charts?experiments=1,2
  page('/charts', chartsPage),
  page('/experiments/$experimentId/runs/$runId', runPage),
  page('/experiments/$experimentId/runs/$runId/$tab', runPage),
  page('/experiments/$experimentId/models/$modelId', LoggedModelPage),
  // What MLflow's UI shows of an experiment and this one does not.
  page('/experiments/$experimentId/$section', NotHere),
  // Runs of any experiments: /compare?runs=a,b
  page('/compare', comparePage),
  page('/models', modelsPage),
  page('/models/$name', modelPage),
  page('/models/$name/compare', compareVersionsPage),
  page('/models/$name/versions/$version', versionPage),
  page('/endpoints', endpointsPage),
  page('/endpoints/$name', endpointPage),
  page('/jobs', jobsPage),
  page('/jobs/new', newJobPage),
  page('/jobs/$jobId', jobPage),
  page('/pipelines', pipelinesPage),
  page('/pipelines/$experimentId/$name', pipelinePage),
  page('/automl', searchesPage),
  page('/automl/new', newSearchPage),
  page('/automl/starting/$jobId', startingPage),
  page('/automl/$runId', searchPage),
] as const;

/** Queries stay flat and readable: `?filter=metrics.loss < 1&sort=…`, never JSON. */
function parseSearch(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(query));
}

function stringifySearch(search: Record<string, unknown>): string {
  const text = new URLSearchParams(search as Record<string, string>).toString();
  return text === '' ? '' : `?${text}`;
}

export const router = createRouter({
  routeTree: root.addChildren(routes),
  basepath: prefix === '' ? '/' : prefix,
  parseSearch,
  stringifySearch,
  defaultErrorComponent: PageError,
  defaultPreload: 'intent',
  defaultPendingMs: 150,
});

/**
 * Loads the code of the pages that are not open, so that a server that goes away takes none of them along: one after the
 * other, each when there is nothing else to do.
 */
export async function preloadPages(): Promise<void> {
  for (const page of laterPages) {
    await new Promise((resolve) => requestIdleCallback(resolve));
    await page.preload();
  }
}

declare module '@tanstack/react-router' {
  interface Register {
    readonly router: typeof router;
  }
}
