import { cancelJob, deleteJob, getJob, jobStates, listJobs, retryJob } from '../../protocol/jobs.ts';
import { call } from '../../sdk/call.ts';
import { settingsOf } from '../../sdk/settings.ts';
import { action, group } from '../action.ts';
import { summaryOf } from '../client-command-names.ts';
import { columns, details, type Job } from './columns.ts';
import { jobFlag, waitFlag } from './flags.ts';
import { logs } from './logs.ts';
import { submit } from './submit.ts';
import { untilEnded } from './wait.ts';

const list = action({
  name: 'list',
  summary: 'list jobs, newest first',
  flags: {
    state: { type: 'string', value: 'STATE', meaning: `only these: ${jobStates.join(', ')}` },
    'experiment-id': { type: 'string', short: 'x', value: 'ID', meaning: 'only those of this experiment' },
  },
  example: 'modelyard jobs list --state running',
  async run({ state, 'experiment-id': experiment }, out) {
    const jobs: Job[] = [];
    let token: string | undefined;
    do {
      const page = await pageOf({ state, experiment_id: experiment, page_token: token });
      jobs.push(...page.jobs);
      token = page.next_page_token;
    } while (token);
    out.list(jobs, columns, 'No jobs.');
  },
});

function pageOf(request: {
  state?: string | undefined;
  experiment_id?: string | undefined;
  page_token?: string | undefined;
}) {
  return call(settingsOf(), listJobs, { max_results: 1000, ...request });
}

const get = action({
  name: 'get',
  summary: 'show a job: its state, its run, why it ended',
  flags: jobFlag,
  example: 'modelyard jobs get 3f2a9c0d5e7b4a1f8c6d2e9b0a7f5c31',
  async run({ 'job-id': id }, out) {
    const { job } = await call(settingsOf(), getJob, { job_id: id });
    if (job) out.details(job, details(job));
  },
});

const cancel = action({
  name: 'cancel',
  summary: 'take a job from the queue, or end its processes',
  flags: jobFlag,
  example: 'modelyard jobs cancel 3f2a9c0d5e7b4a1f8c6d2e9b0a7f5c31',
  async run({ 'job-id': id }, out) {
    const { job } = await call(settingsOf(), cancelJob, { job_id: id });
    const said = job?.state === 'running' ? 'is being canceled' : `is ${job?.state ?? 'canceled'}`;
    out.done(job, `Job ${id} ${said}`);
  },
});

const retry = action({
  name: 'retry',
  summary: 'submit a job that has ended once more, as a new job',
  flags: { ...jobFlag, ...waitFlag },
  example: 'modelyard jobs retry 3f2a9c0d5e7b4a1f8c6d2e9b0a7f5c31 --wait',
  async run({ 'job-id': id, wait }, out) {
    const { job } = await call(settingsOf(), retryJob, { job_id: id });
    if (!job) throw new Error('the server answered without the job');
    if (wait === true) return untilEnded(job, out);
    out.done(job, `Submitted job ${job.job_id}, which repeats ${id}`);
    return 0;
  },
});

const remove = action({
  name: 'delete',
  summary: 'delete a job that has ended, with its log; its run stays',
  flags: jobFlag,
  example: 'modelyard jobs delete 3f2a9c0d5e7b4a1f8c6d2e9b0a7f5c31',
  async run({ 'job-id': id }, out) {
    const settings = settingsOf();
    const { job } = await call(settings, getJob, { job_id: id });
    await call(settings, deleteJob, { job_id: id });
    out.done(job, `Deleted job ${id}`);
  },
});

export const jobsCommand = group('jobs', summaryOf('jobs'), [submit, list, get, logs, cancel, retry, remove]);
