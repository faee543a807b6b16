import { Suspense, useEffect, useMemo, useRef } from 'react';
import type { PipelineRecord, TaskRecord } from '../../api/pipeline-record.ts';
import type { Build } from '../../api/pipelines.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { useHotkeys, type Hotkeys } from '../../components/hotkeys.ts';
import { later } from '../../components/later.tsx';
import { Loading } from '../../components/page.tsx';
import { text } from '../../text/pipelines.ts';
import { pathAmong } from './product-links.ts';
import { TaskFacts } from './task-facts.tsx';
import { TaskMark } from './task-mark.tsx';
import { useKeptProducts, type KeptProducts } from './use-kept-products.ts';

const SelectedArtifact = later(() => import('../run/artifacts/selected-artifact.tsx'), 'SelectedArtifact');

interface TaskPanelProps {
  readonly record: PipelineRecord;
  readonly task: TaskRecord;
  readonly build: Build;
  readonly builds: readonly Build[];
  /** Undefined: about the task; `notebook`, or the path of an artifact. */
  readonly show: string | undefined;
  /** It takes the focus when it opens. */
  readonly focused: boolean;
  /** Those that step through the tasks. */
  readonly keys: Hotkeys;
  readonly onShow: (part: string | undefined) => void;
  readonly addressOf: (part: string) => string;
  readonly onTask: (task: string | undefined) => void;
  readonly onBuild: (build: string) => void;
}

/** One task of a build: why it ran, what it took and made, and its notebook as it was executed. */
export function TaskPanel(props: TaskPanelProps) {
  const { record, task, build, builds, show, focused, keys, onShow, addressOf, onTask, onBuild } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focused) heading.current?.focus();
    // Only when it opens.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  const close = (): void => {
    onTask(undefined);
    const place = `[data-task="${CSS.escape(task.name)}"], .pipeline-tasks [role=grid]`;
    document.querySelector<HTMLElement | SVGElement>(place)?.focus();
  };
  useHotkeys({ ...keys, Escape: { label: text.keys.close, run: close } });
  const kept = useKeptProducts(task, build, builds);
  const parts = partsOf(kept);
  const pathOf = useMemo(() => pathAmong(kept?.products ?? []), [kept?.products]);
  const path = show === 'notebook' ? parts.find(({ part }) => part === show)?.path : show;
  return (
    <section className="task-panel" aria-label={text.task.label(task.name)}>
      <header className="task-head">
        <h2 ref={heading} tabIndex={-1} className="ellipsis" title={task.name}>
          {task.name}
        </h2>
        <TaskMark state={task.state} />
        <span className="spacer" />
        <IconButton icon="close" label={text.task.close} onClick={close} />
      </header>
      {parts.length > 0 && (
        <div className="segments task-parts" role="group" aria-label={text.task.views}>
          <Button
            aria-pressed={path === undefined}
            onClick={() => {
              onShow(undefined);
            }}
          >
            {text.task.about}
          </Button>
          {parts.map(({ part, label, path: own }) => (
            <Button
              key={own}
              aria-pressed={own === path}
              onClick={() => {
                onShow(part);
              }}
            >
              {label}
            </Button>
          ))}
        </div>
      )}
      {path === undefined || kept?.runId === undefined ? (
        <TaskFacts
          record={record}
          task={task}
          build={build}
          kept={kept}
          onShow={onShow}
          onTask={onTask}
          onBuild={onBuild}
        />
      ) : (
        <div className="artifact-preview task-product">
          <Suspense fallback={<Loading />}>
            <SelectedArtifact
              key={`${kept.runId} ${path}`}
              runId={kept.runId}
              path={path}
              onPath={(next) => {
                onShow(next === '' ? undefined : next);
              }}
              addressOf={addressOf}
              pathOf={pathOf}
            />
          </Suspense>
        </div>
      )}
    </section>
  );
}

interface Part {
  /** As the address names it. */
  readonly part: string;
  readonly label: string;
  readonly path: string;
}

/** What opens beside the facts of a task: what it made, and what it printed. */
function partsOf(kept: KeptProducts | undefined): readonly Part[] {
  const products = (kept?.products ?? []).flatMap(({ artifact: path, key, identifier }) =>
    path === undefined ? [] : [{ path, label: key ?? nameOf(identifier) }],
  );
  const files = (kept?.files ?? []).map(({ path, name }) => ({
    path,
    label: name === 'log.txt' ? text.task.output : name,
  }));
  const all = [...products, ...files];
  const notebook = all.find(({ path }) => path.endsWith('.ipynb'));
  return all.map((one) =>
    one === notebook ? { ...one, part: 'notebook', label: text.task.notebook } : { ...one, part: one.path },
  );
}

function nameOf(identifier: string): string {
  return identifier.slice(identifier.lastIndexOf('/') + 1);
}
