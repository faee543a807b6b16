/** The app: a page, and what it calls. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { getTrackingUri, setTrackingUri } from 'modelyard';
import page from '../page/index.html';
import { datasets } from './datasets.ts';
import { deployModel } from './deploy-model.ts';
import { startModelyard } from './modelyard.ts';
import { json, lines } from './respond.ts';
import { holdoutOf, listRuns } from './runs.ts';
import { trackExperiment } from './track-experiment.ts';

const port = Number(Bun.env['PORT'] ?? 4000);
const python = Bun.env['MODELYARD_EXAMPLE_PYTHON'] ?? 'python3';
const folder = Bun.env['MODELYARD_EXAMPLE_DATA'] ?? join(import.meta.dir, '../modelyard-data');
mkdirSync(folder, { recursive: true });

const ownServer = !Bun.env['MLFLOW_TRACKING_URI'];
if (ownServer) setTrackingUri(await startModelyard(python, folder, port === 0 ? 0 : port + 1));

const app = Bun.serve({
  hostname: '127.0.0.1',
  port,
  // A model may take long over a line of its progress.
  idleTimeout: 0,
  maxRequestBodySize: 50_000_000,
  development: Bun.env.NODE_ENV === 'development',
  routes: {
    '/': page,
    '/datasets': { GET: json(() => ({ datasets, server: getTrackingUri() })) },
    '/runs': { GET: json(listRuns) },
    '/runs/:runId/holdout.csv': {
      GET: json((request: Bun.BunRequest<'/runs/:runId/holdout.csv'>) => holdoutOf(request.params.runId)),
    },
    '/track-experiment': { POST: lines(trackExperiment(python, folder)) },
    // Our own server shares our Python; another makes the environment that a model asks for.
    '/deploy-model': { POST: lines(deployModel(ownServer ? 'local' : 'uv')) },
  },
});

console.log(`  Train and deploy  ${app.url.origin}\n  Modelyard         ${getTrackingUri()}\n\n  Ctrl+C stops both.`);
