/**
 * Searches of AutoML as jobs of this server, and what is asked before and after them. A search is a run: what it leaves,
 * `automl-record.ts` says, and the methods of runs read it.
 */
import type { AutomlRequest } from './automl-config-check.ts';
import { semanticTypes } from './automl-record.ts';
import { job } from './jobs.ts';
import { listOf, strings } from './lists.ts';
import { modelVersion } from './model-versions.ts';
import { route } from './route.ts';
import { bool, double, enumOf, int32, int64, json, message, messageOf, string } from './schema.ts';

export const submitSearch = route({
  name: 'submitAutomlSearch',
  methods: ['POST'],
  path: '/modelyard/automl/searches',
  permission: 'job:create',
  summary:
    'Begin a search of AutoML as a job of this server. `config` has the names of the options of `modelyard automl`; all that is wrong with it is told at once, ' +
    'a sentence a line. Canceling the job ends the search with the best model so far. When the machine went down under it, it goes on from the trials that had finished.',
  request: message({ config: json<AutomlRequest>().must, max_attempts: int32.orDefault(3) }),
  response: message({ job: messageOf(job) }),
});

const describedColumn = message({
  name: string,
  /** As the data has it: `int64`, `double`, `bool`, `string`, `timestamp`. */
  type: string,
  /** What it would be taken for. */
  semantic: enumOf(semanticTypes),
  /** Rows without a value, and different values, among the rows that were read. */
  missing: int64,
  unique: int64,
  /** Whether models would see it, and why not. */
  used: bool,
  reason: string,
  examples: strings,
});

export const describeData = route({
  name: 'describeAutomlData',
  methods: ['POST'],
  path: '/modelyard/automl/describe',
  permission: 'job:create',
  idempotent: true,
  summary:
    'What a search would see of a data set: its columns, what they would be taken for, examples. `dataset` is an absolute path of a file on the server, what an upload was answered with, ' +
    '`runs:/ID/path`, or with `query` a database. The first time an environment for Python is made, which takes longer.',
  request: message({ dataset: string.must, query: string }),
  response: message({
    columns: listOf(describedColumn),
    /** Of the data set; absent when counting takes long. */
    rows: int64,
    /** The first ones, which were looked at. */
    read: int64,
    /** Whether there are more. */
    sampled: bool,
    warnings: strings,
  }),
});

/** Of the answer to an upload: `PUT /modelyard/automl/data/{name}`, whose body is the file. */
export const uploadedData = message({
  /** What `config.dataset` and `describe` take. */
  dataset: string,
  /** Bytes. */
  size: int64,
});

export const stopSearch = route({
  name: 'stopAutomlSearch',
  methods: ['POST'],
  path: '/modelyard/automl/searches/{run_id}/stop',
  permission: 'experiment:edit',
  idempotent: true,
  summary: 'End a running search with the best model so far, wherever it runs: it looks at its run every second.',
  request: message({ run_id: string.must }),
  response: message({}),
});

export const extendSearch = route({
  name: 'extendAutomlSearch',
  methods: ['POST'],
  path: '/modelyard/automl/searches/{run_id}/extend',
  permission: 'experiment:edit',
  summary: 'Give a running search more seconds than it has left; fewer than none shorten it.',
  request: message({ run_id: string.must, seconds: double.must }),
  response: message({
    /** The new one, in milliseconds since 1970. */
    deadline: int64,
  }),
});

export const registerBest = route({
  name: 'registerAutomlBest',
  methods: ['POST'],
  path: '/modelyard/automl/searches/{run_id}/register',
  permission: 'model:create',
  summary:
    'Register the model of the best trial of a search, or of the trial `trial_run_id`, as a new version of the registered model `name`, which is made when there is none. ' +
    'The best gets the alias `champion`, which a baseline does not take from another version, and the search the tag `modelyard.automl.registered`.',
  request: message({ run_id: string.must, name: string.must, trial_run_id: string, description: string }),
  response: message({ model_version: messageOf(modelVersion) }),
});
