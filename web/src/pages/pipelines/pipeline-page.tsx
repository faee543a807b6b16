/** A pipeline: one of its builds as a graph or a table, its history, and the task that is chosen. */
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { buildsIn, type Build } from '../../api/pipelines.ts';
import { IconButton } from '../../components/button.tsx';
import { count } from '../../components/format.ts';
import { useHotkeys } from '../../components/hotkeys.ts';
import { Failed, Loading, PageTitle, State } from '../../components/page.tsx';
import { Time } from '../../components/time.tsx';
import { ViewTabs } from '../../components/view-tabs.tsx';
import { text } from '../../text/pipelines.ts';
import { BuildMark } from './build-mark.tsx';
import { BuildTable } from './build-table.tsx';
import { BuildView } from './build-view.tsx';
import { usePipelineView, views } from './use-pipeline-view.ts';

export function PipelinePage() {
  const { experimentId = '', name = '' } = useParams({ strict: false });
  const { data: builds, error, refetch, isFetching } = useQuery(buildsIn([experimentId], name));
  const own = builds?.every((build) => build.experimentId === experimentId && build.pipeline === name);
  if (builds && own && builds.length > 0) {
    return <ShownPipeline key={`${experimentId} ${name}`} name={name} builds={builds} busy={isFetching} />;
  }
  return (
    <>
      <PipelineHead name={name} />
      {builds?.length === 0 && !isFetching ? (
        <State title={text.missing}>
          <Link to="/pipelines">{text.all}</Link>
        </State>
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </>
  );
}

function PipelineHead({ name, children }: { name: string; children?: ReactNode }) {
  return (
    <div className="page-head">
      <nav aria-label={text.pipelines} className="page-crumbs">
        <Link to="/pipelines">{text.pipelines}</Link> /
      </nav>
      <PageTitle title={name}>
        <span title={name}>{name}</span>
      </PageTitle>
      {children}
    </div>
  );
}

interface ShownPipelineProps {
  readonly name: string;
  /** Newest first, never empty. */
  readonly builds: readonly Build[];
  readonly busy: boolean;
}

function ShownPipeline({ name, builds, busy }: ShownPipelineProps) {
  const shown = usePipelineView();
  const { buildId, view, usual, openBuild, setUrl } = shown;
  // The newest is followed: a build that begins while the page is open takes its place.
  const at = buildId === undefined ? 0 : builds.findIndex(({ runId }) => runId === buildId);
  const build = builds[at];
  const experimentId = builds[0]?.experimentId ?? '';
  const step = (to: number): void => {
    const next = builds[to];
    if (next) openBuild(to === 0 ? undefined : next.runId);
  };
  const open = (one: Build): void => {
    setUrl({ build: one === builds[0] ? undefined : one.runId, view: undefined });
  };
  useHotkeys({
    '[': { label: text.keys.older, run: () => step(at + 1) },
    ']': { label: text.keys.newer, run: () => step(at - 1) },
  });
  return (
    <div className="pipeline-page">
      <PipelineHead name={name}>
        {build && (
          <>
            <span role="status">
              <BuildMark status={build.status} />
            </span>
            <span className="dim">
              <Time at={build.start} />
            </span>
            <Link
              to="/experiments/$experimentId/runs/$runId"
              params={{ experimentId, runId: build.runId }}
              title={text.build.runOf(build.runName)}
            >
              {text.build.run}
            </Link>
            <span className="spacer" />
            <span className="dim pipeline-place">
              {text.build.place(count(builds.length - at), count(builds.length))}
            </span>
            <IconButton
              icon="left"
              label={text.build.older}
              disabled={at + 1 >= builds.length}
              onClick={() => step(at + 1)}
            />
            <IconButton icon="right" label={text.build.newer} disabled={at <= 0} onClick={() => step(at - 1)} />
          </>
        )}
      </PipelineHead>
      <ViewTabs label={text.tabsLabel} views={views} titles={text.tabs} current={view} usual={usual} name="view" />
      {view === 'builds' ? (
        <BuildTable builds={builds} busy={busy} onOpen={open} />
      ) : build ? (
        <BuildView key={build.runId} build={build} builds={builds} shown={shown} />
      ) : (
        <State title={text.missingBuild}>
          <button type="button" className="button plain" onClick={() => openBuild(undefined)}>
            {text.newestBuild}
          </button>
        </State>
      )}
    </div>
  );
}
