/** What a run is called: a name of blanks cannot be seen. */
export function runNameOf(run: {
  readonly run_name?: string | undefined;
  readonly run_id?: string | undefined;
}): string {
  return run.run_name?.trim() ? run.run_name : (run.run_id ?? '');
}
