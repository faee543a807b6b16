/**
 * Jobs: work that this server does in processes of its own, one after another from a durable queue. A job is there from
 * the answer to its submission until it is deleted; a restart of the server loses none and runs none twice: a process
 * that still works is taken over, one that never began begins, one that ended has left its result.
 *
 * Kinds: `project` runs an MLflow project, from a folder or a git address, as `modelyard run` does; `automl` searches for
 * a model (`automl.ts`).
 *
 * States:
 * - `queued`: waits for a place; `queue_position` counts from 1
 * - `running`: its process works; `run_id` is there as soon as the run is
 * - `finished`, `failed`, `canceled`: at its end, with `exit_code` where there was one and a `message` that says why
 *
 * The live feed names the jobs that changed as `jobs`: their state, run or log.
 */
import type { AutomlConfig } from './automl-config.ts';
import { bool, enumOf, int32, int64, json, message, messageOf, string } from './schema.ts';
import { listOf } from './lists.ts';
import { route } from './route.ts';

export const jobStates = ['queued', 'running', 'finished', 'failed', 'canceled'] as const;
export const jobKinds = ['project', 'automl'] as const;
/** Tag of the runs that a job makes: its id. */
export const jobTag = 'modelyard.job.id';
/** Another of these: the names of the parameters that nobody gave, as JSON. */
export const defaultsTag = 'modelyard.project.defaults';
/** How the environment of a project is made; the empty text: as the project says. */
export const projectEnvManagers = ['local', 'uv', 'virtualenv', 'conda'] as const;

const projectOfJob = message({
  /** Folder on the server, or address of a git repository, with `#subfolder` where the project is not at its root. */
  uri: string,
  /** Branch, tag or commit. */
  version: string,
  entry_point: string,
  parameters: json<Readonly<Record<string, string>>>(),
  experiment_id: string,
  run_name: string,
  env_manager: string,
});

export const job = message({
  job_id: string,
  kind: enumOf(jobKinds),
  state: enumOf(jobStates),
  message: string,
  /** What it is, in a few words, such as `main of https://host/repository#sub`. */
  title: string,
  /** Of the kind `project`. */
  project: messageOf(projectOfJob),
  /** Of the kind `automl`: what is searched for, with all defaults. */
  automl: json<AutomlConfig>(),
  run_id: string,
  experiment_id: string,
  exit_code: int32,
  /** How often it was begun; more than 1 when the machine went down under it and `max_attempts` allowed another. */
  attempts: int32,
  max_attempts: int32,
  /** The job that this one repeats. */
  retry_of: string,
  queue_position: int32,
  creation_time: int64,
  start_time: int64,
  end_time: int64,
  /** Bytes. */
  log_size: int64,
});

const one = message({ job: messageOf(job) });

export const submitProject = route({
  name: 'submitProject',
  methods: ['POST'],
  path: '/modelyard/jobs/projects',
  permission: 'job:create',
  summary:
    'Run a project as a job of this server. What can be checked first is: the answer is an error when the project, its entry point or a parameter is wrong. ' +
    '`max_attempts` above 1 begins it again when the machine went down under it; what failed by itself is not repeated.',
  request: message({
    uri: string.must,
    version: string,
    entry_point: string,
    parameters: json<Readonly<Record<string, string>>>(),
    experiment_id: string,
    experiment_name: string,
    run_name: string,
    env_manager: string,
    max_attempts: int32.orDefault(1),
  }),
  response: one,
});

export const getJob = route({
  name: 'getJob',
  methods: ['GET'],
  path: '/modelyard/jobs/{job_id}',
  permission: 'job:read',
  summary: 'A job: its state, its run, why it ended.',
  request: message({ job_id: string.must }),
  response: one,
});

export const listJobs = route({
  name: 'listJobs',
  methods: ['GET'],
  path: '/modelyard/jobs',
  permission: 'job:read',
  summary:
    'Jobs, newest first; of one state, of one experiment, or with `text` in their title or the name of their run or as the start of their id. `concurrency` is how many run at a time, `enabled` whether this server runs any.',
  request: message({
    state: string,
    experiment_id: string,
    text: string,
    max_results: int32.orDefault(100),
    page_token: string,
  }),
  response: message({
    jobs: listOf(job),
    next_page_token: string,
    concurrency: int32,
    enabled: bool,
    /** Jobs by state, such as `{"queued": 3, "running": 1}`. */
    counts: json<Readonly<Record<string, number>>>(),
  }),
});

export const cancelJob = route({
  name: 'cancelJob',
  methods: ['POST'],
  path: '/modelyard/jobs/{job_id}/cancel',
  permission: 'job:edit',
  idempotent: true,
  summary:
    'Take a job from the queue, or end its processes; its run is then KILLED. A search of AutoML ends with the best model so far. A job that has ended stays as it is.',
  request: message({ job_id: string.must }),
  response: one,
});

export const retryJob = route({
  name: 'retryJob',
  methods: ['POST'],
  path: '/modelyard/jobs/{job_id}/retry',
  permission: 'job:create',
  summary: 'Submit a job that has ended once more, as a new job with a new run.',
  request: message({ job_id: string.must }),
  response: one,
});

export const deleteJob = route({
  name: 'deleteJob',
  methods: ['DELETE'],
  path: '/modelyard/jobs/{job_id}',
  permission: 'job:delete',
  summary: 'Delete a job that has ended, with its log. Its run stays.',
  request: message({ job_id: string.must }),
  response: message({}),
});

export const getJobLog = route({
  name: 'getJobLog',
  methods: ['GET'],
  path: '/modelyard/jobs/{job_id}/log',
  permission: 'job:read',
  summary:
    'What a job wrote, from byte `offset` on, up to 1 MB at whole characters; a negative offset counts from the end. ' +
    '`next_offset` is where to go on, `size` what there is now. When the job has ended and `next_offset` is `size`, that was all.',
  request: message({ job_id: string.must, offset: int64 }),
  response: message({ text: string, offset: int64, next_offset: int64, size: int64, state: enumOf(jobStates) }),
});

const projectParameter = message({
  name: string,
  /** `string`, `float`, `int`, `path` or `uri`; others are taken for `string`. */
  type: string,
  /** Absent: it must be given. */
  default: string,
});

export const describeProject = route({
  name: 'describeProject',
  methods: ['GET'],
  path: '/modelyard/projects/describe',
  permission: 'job:create',
  summary:
    'What a project can do: its entry points with their parameters. A git address is fetched for it, which takes as long as it takes.',
  request: message({ uri: string.must, version: string }),
  response: message({
    name: string,
    /** `local`, `uv`, `conda`, `docker` or `node`: what the project asks for. */
    environment: string,
    /** The commit of what was read. */
    version: string,
    entry_points: listOf(message({ name: string, command: string, parameters: listOf(projectParameter) })),
  }),
});
