const names: Readonly<Record<string, string>> = {
  RUNNING: 'Running',
  SCHEDULED: 'Scheduled',
  FINISHED: 'Finished',
  FAILED: 'Failed',
  KILLED: 'Killed',
};

/** The word for a run's state. */
export function statusText(status: string): string {
  return names[status] ?? status;
}
