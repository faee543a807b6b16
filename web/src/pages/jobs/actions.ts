/** Changes with their message and way back; a failure says so and changes nothing. */
import { endJob, repeatJob } from '../../api/job-changes.ts';
import type { Job } from '../../api/jobs.ts';
import type { UrlValues } from '../../components/url-state.ts';
import { draftOfConfig, urlOfDraft } from '../automl/form/draft.ts';
import { change } from '../../components/change.ts';
import { showFailure, showToast } from '../../components/toast.tsx';
import { text } from '../../text/jobs.ts';

/**
 * One that waits did nothing yet, so it can be put back; one that works is asked for first (`job-dialogs.tsx`).
 * @param open where it stands alone: leads to the job that took its place
 */
export function cancelWaiting({ id, title }: Job, open?: (id: string) => void): Promise<boolean> {
  return change(
    () => endJob(id),
    text.canceled(title),
    async () => {
      const made = await repeatJob(id);
      open?.(made.id);
    },
  );
}

/** Of the form that asks for the same with changes. */
export function repeatAddress({ id, automl }: Job): { readonly to: string; readonly search: UrlValues } {
  return automl
    ? { to: '/automl/new', search: urlOfDraft(draftOfConfig(automl)) }
    : { to: '/jobs/new', search: { again: id } };
}

/** Gives the new job, which its message leads to. */
export async function runAgain({ id, title }: Job, open: (id: string) => void): Promise<void> {
  try {
    const made = await repeatJob(id);
    const lead = (): void => {
      open(made.id);
    };
    showToast({ message: text.retried(title), action: { label: text.open, run: lead } });
  } catch (error) {
    showFailure(error);
  }
}
