import { jobs as api } from '../../protocol/api.ts';
import { implement } from '../handler.ts';

export const jobRoutes = [
  implement(api.submitProject, async (request, { jobs }) => ({
    job: await (await jobs.get()).projects.submit(request),
  })),
  implement(api.getJob, async (request, { jobs }) => ({ job: await (await jobs.get()).get(request.job_id) })),
  implement(api.listJobs, async (request, { jobs }) => (await jobs.get()).list(request)),
  implement(api.cancelJob, async (request, { jobs }) => ({ job: await (await jobs.get()).cancel(request.job_id) })),
  implement(api.retryJob, async (request, { jobs }) => ({ job: await (await jobs.get()).retry(request.job_id) })),
  implement(api.deleteJob, async (request, { jobs }) => {
    await (await jobs.get()).delete(request.job_id);
    return {};
  }),
  implement(api.getJobLog, async (request, { jobs }) => (await jobs.get()).log(request.job_id, request.offset)),
  implement(api.describeProject, async (request, { jobs }) => (await jobs.get()).projects.describe(request)),
];
