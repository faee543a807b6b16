import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useRef } from 'react';
import { buildRecord, type Build } from '../../api/pipelines.ts';
import type { Hotkeys } from '../../components/hotkeys.ts';
import { Failed, Loading, State } from '../../components/page.tsx';
import { text } from '../../text/pipelines.ts';
import { NextBuild } from './next-build.tsx';
import { PipelineGraph } from './pipeline-graph.tsx';
import { tallyOf } from './tally.tsx';
import { TaskPanel } from './task-panel.tsx';
import { TaskTable } from './task-table.tsx';
import type { usePipelineView } from './use-pipeline-view.ts';

interface BuildViewProps {
  readonly build: Build;
  readonly builds: readonly Build[];
  readonly shown: ReturnType<typeof usePipelineView>;
}

/** The tasks of a build, and beside them the one that is chosen. */
export function BuildView({ build, builds, shown }: BuildViewProps) {
  const { view, task: chosen, show, showPart, addressOf, openBuild, choose: chooseTask } = shown;
  /** Who chooses a task goes on in its panel; who opens the page at a task begins at the page's head. */
  const byHand = useRef(false);
  const choose = useCallback(
    (next: string | undefined): void => {
      byHand.current = true;
      chooseTask(next);
    },
    [chooseTask],
  );
  const { data: record, error, refetch } = useQuery(buildRecord(build.runId));
  if (record === undefined) return error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />;
  const running = build.status === 'RUNNING';
  if (record === null) {
    return (
      <State title={running ? text.build.notYet : text.build.unknown}>
        {!running && <p>{text.build.unknownHelp}</p>}
        <Link
          to="/experiments/$experimentId/runs/$runId"
          params={{ experimentId: build.experimentId, runId: build.runId }}
        >
          {text.build.runOf(build.runName)}
        </Link>
      </State>
    );
  }
  const at = record.tasks.findIndex(({ name }) => name === chosen);
  const task = record.tasks[at];
  const step = (by: 1 | -1): void => {
    const next = record.tasks[at + by];
    if (next) choose(next.name);
  };
  const stepKeys: Hotkeys = {
    j: { label: text.keys.nextTask, run: () => step(1) },
    k: { label: text.keys.previousTask, run: () => step(-1) },
  };
  return (
    <>
      <div className="pipeline-facts">
        <p role="status">{record.tasks.length === 0 ? text.build.none : tallyOf(record.tasks)}</p>
        {!running && record.tasks.length > 0 && <NextBuild record={record} onChoose={choose} />}
      </div>
      <div className={task ? 'pipeline-body split' : 'pipeline-body'}>
        <div className="pipeline-tasks">
          {view === 'tasks' ? (
            <TaskTable record={record} keys={task ? stepKeys : {}} onChoose={choose} />
          ) : (
            <PipelineGraph record={record} chosen={task?.name} onChoose={choose} />
          )}
        </div>
        {task && (
          <TaskPanel
            key={task.name}
            focused={byHand.current}
            keys={stepKeys}
            record={record}
            task={task}
            build={build}
            builds={builds}
            show={show}
            onShow={showPart}
            addressOf={addressOf}
            onTask={choose}
            onBuild={openBuild}
          />
        )}
      </div>
    </>
  );
}
