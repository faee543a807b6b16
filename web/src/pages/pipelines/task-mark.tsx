import type { TaskState } from '../../api/pipeline-record.ts';
import { StateWord, type StateLook } from '../../components/state-word.tsx';
import { text } from '../../text/pipelines.ts';

export const taskLooks: Readonly<Record<TaskState, StateLook>> = {
  waiting: 'scheduled',
  running: 'running',
  executed: 'finished',
  skipped: 'skipped',
  failed: 'failed',
  blocked: 'blocked',
};

export function TaskMark({ state }: { state: TaskState }) {
  return <StateWord look={taskLooks[state]} word={text.states[state]} state={state} />;
}
