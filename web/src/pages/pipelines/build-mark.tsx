import { StateWord, type StateLook } from '../../components/state-word.tsx';
import { statusText } from '../../text/run-status.ts';

export const buildLooks: Readonly<Record<string, StateLook>> = {
  RUNNING: 'running',
  SCHEDULED: 'scheduled',
  FINISHED: 'finished',
  FAILED: 'failed',
  KILLED: 'killed',
};

/** The state of a build, which is that of its run. */
export function BuildMark({ status }: { status: string }) {
  return <StateWord look={buildLooks[status] ?? 'scheduled'} word={statusText(status)} state={status.toLowerCase()} />;
}
