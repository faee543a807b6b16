import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { PipelineRecord, ProductRecord, TaskRecord } from '../../api/pipeline-record.ts';
import type { Build } from '../../api/pipelines.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Fact } from '../../components/fact.tsx';
import { bytes, exactTime } from '../../components/format.ts';
import { Lasted } from '../../components/lasted.tsx';
import { Time } from '../../components/time.tsx';
import { text } from '../../text/pipelines.ts';
import { LongValue } from '../run/long-value.tsx';
import { terminalText } from '../../components/content/terminal-text.ts';
import type { KeptProducts } from './use-kept-products.ts';

interface TaskFactsProps {
  readonly record: PipelineRecord;
  readonly task: TaskRecord;
  readonly build: Build;
  readonly kept: KeptProducts | undefined;
  readonly onShow: (part: string) => void;
  readonly onTask: (task: string) => void;
  readonly onBuild: (build: string) => void;
}

export function TaskFacts({ record, task, build, kept, onShow, onTask, onBuild }: TaskFactsProps) {
  const { name, doc, reason, next, error, kind, source, started, ended, state, params, upstream, runId } = task;
  const downstream = record.tasks.filter((other) => other.upstream.includes(name)).map((other) => other.name);
  const all = Object.entries(params);
  return (
    <div className="task-facts">
      {doc !== undefined && doc !== '' && <p>{doc}</p>}
      {error !== undefined && <TaskError error={error} />}
      <dl className="page-facts task-pairs">
        {reason !== '' && <Fact title={text.task.reason}>{reason}</Fact>}
        {next !== undefined && <Fact title={text.task.next}>{next}</Fact>}
        <Fact title={text.task.kind}>{text.kinds[kind]}</Fact>
        <Fact title={text.task.source}>
          <code>{source}</code>
        </Fact>
        {started !== undefined && (
          <Fact title={text.task.started}>
            <span title={exactTime(started)}>
              <Time at={started} />
            </span>
          </Fact>
        )}
        {started !== undefined && (ended !== undefined || state === 'running') && (
          <Fact title={text.task.lasted}>
            <Lasted from={started} to={ended} />
          </Fact>
        )}
        {runId !== undefined && (
          <Fact title={text.task.run}>
            <Link to="/experiments/$experimentId/runs/$runId" params={{ experimentId: build.experimentId, runId }}>
              {text.task.openRun}
            </Link>
          </Fact>
        )}
        {upstream.length > 0 && (
          <Fact title={text.task.upstream}>
            <TaskLinks names={upstream} onTask={onTask} />
          </Fact>
        )}
        {downstream.length > 0 && (
          <Fact title={text.task.downstream}>
            <TaskLinks names={downstream} onTask={onTask} />
          </Fact>
        )}
      </dl>
      <section className="page-section" aria-label={text.task.products}>
        <h2>{text.task.products}</h2>
        {kept?.from && (
          <p className="dim">
            {text.task.elsewhere} <EarlierBuild build={kept.from} onBuild={onBuild} />
          </p>
        )}
        {kept && kept.runId === undefined && state !== 'waiting' && state !== 'running' && (
          <p className="dim">{text.task.neverRan}</p>
        )}
        <ul className="task-products">
          {(kept?.products ?? task.products).map((product) => (
            <Product key={`${product.key} ${product.identifier}`} product={product} onShow={onShow} />
          ))}
        </ul>
        {kept?.runId !== undefined && (
          <Link
            to="/experiments/$experimentId/runs/$runId/$tab"
            params={{ experimentId: build.experimentId, runId: kept.runId, tab: 'artifacts' }}
          >
            {text.task.inRun}
          </Link>
        )}
      </section>
      <section className="page-section" aria-label={text.task.params}>
        <h2>{text.task.params}</h2>
        {all.length === 0 && <p className="dim">{text.task.noParams}</p>}
        <dl className="page-pairs">
          {all.map(([key, value]) => (
            <div key={key}>
              <dt>
                <code>{key}</code>
              </dt>
              <dd>
                <LongValue name={key} value={typeof value === 'string' ? value : JSON.stringify(value, undefined, 2)} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}

/** The traceback, without the colours of a terminal. */
function TaskError({ error }: { error: string }) {
  const shown = useMemo(() => terminalText(error), [error]);
  return (
    <section className="task-error" aria-label={text.task.error}>
      <header>
        <h2>{text.task.error}</h2>
        <span className="spacer" />
        <CopyButton value={shown} />
      </header>
      <pre tabIndex={0} role="region" aria-label={text.task.error}>
        {shown}
      </pre>
    </section>
  );
}

function TaskLinks({ names, onTask }: { names: readonly string[]; onTask: (task: string) => void }) {
  return (
    <span className="chips wrap">
      {names.map((name) => (
        <button
          key={name}
          type="button"
          className="chip"
          onClick={() => {
            onTask(name);
          }}
        >
          <span className="ellipsis">{name}</span>
        </button>
      ))}
    </span>
  );
}

function EarlierBuild({ build, onBuild }: { build: Build; onBuild: (build: string) => void }) {
  return (
    <button
      type="button"
      className="link-button"
      title={exactTime(build.start)}
      onClick={() => {
        onBuild(build.runId);
      }}
    >
      {text.task.earlier(exactTime(build.start))}
    </button>
  );
}

function Product({ product, onShow }: { product: ProductRecord; onShow: (part: string) => void }) {
  const { key, identifier, kind, size, artifact } = product;
  return (
    <li>
      {key !== undefined && <code className="dim">{key}</code>}
      {artifact === undefined ? (
        <code className="task-identifier">{identifier}</code>
      ) : (
        <button
          type="button"
          className="link-button task-identifier"
          aria-label={text.task.show(identifier)}
          onClick={() => {
            onShow(artifact);
          }}
        >
          <code>{identifier}</code>
        </button>
      )}
      <span className="dim">
        {[
          ...(size === undefined ? [] : [bytes(size)]),
          ...(artifact === undefined ? [kind === 'relation' ? text.task.relation : text.task.notKept] : []),
        ].join(' · ')}
      </span>
    </li>
  );
}
