/** What the page that compares runs reads: everything of its first view in one answer, each text sent once. */
import { bool, enumOf, int32, int64, json, message, string } from './schema.ts';
import { listOf, strings } from './lists.ts';
import { route } from './route.ts';
import { runStatuses } from './runs.ts';
import type { JsonNumber } from './views.ts';

const comparedRun = message({
  run_id: string,
  /** On this server, in the order of creation. */
  run_number: int64,
  run_name: string,
  experiment_id: string,
  experiment_name: string,
  status: enumOf(runStatuses),
  start_time: int64,
  end_time: int64,
  lifecycle_stage: string,
  user_id: string,
  artifact_uri: string,
});

/** What each run has under a key: a place in `texts`, or null. */
const textRow = message({ key: string, values: json<readonly (number | null)[]>() });

/** Which run it belongs to: a place in `runs`. */
const place = int32;

export const compareRuns = route({
  name: 'compareRuns',
  methods: ['POST'],
  path: '/modelyard/runs/compare',
  permission: 'experiment:read',
  longRead: true,
  summary:
    'Up to 100 runs side by side, in the order asked for; one that is not there is left out. The values of each row are in the order of `runs`. ' +
    'Those of params and tags are places in `texts`, which has each text once; when all of them together are too many, long ones are cut and `cut` says so. `lines` are the metrics of which some run has more than one point.',
  request: message({ run_ids: string.mustList }),
  response: message({
    runs: listOf(comparedRun),
    texts: strings,
    cut: bool,
    params: listOf(textRow),
    tags: listOf(textRow),
    metrics: listOf(message({ key: string, values: json<readonly (JsonNumber | null)[]>() })),
    lines: strings,
    datasets: listOf(
      message({
        run: place,
        name: string,
        digest: string,
        source_type: string,
        source: string,
        schema: string,
        context: string,
      }),
    ),
    models: listOf(
      message({
        run: place,
        model_id: string,
        name: string,
        status: string,
        model_type: string,
        direction: enumOf(['input', 'output']),
      }),
    ),
  }),
});
