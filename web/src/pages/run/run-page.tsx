/** One run: its header and the part of it that the address names. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { ApiFailure } from '../../api/client.ts';
import { runLinesQuery, runQuery, setDeleted, type RunDetail } from '../../api/run.ts';
import { Button } from '../../components/button.tsx';
import { later } from '../../components/later.tsx';
import { Failed, Loading, PageTitle } from '../../components/page.tsx';
import { showFailure } from '../../components/toast.tsx';
import { text } from '../../text/run.ts';
import { MetricsTab } from './metrics/metrics-tab.tsx';
import { OverviewTab } from './overview/overview-tab.tsx';
import { RunHeader } from './run-header.tsx';
import { useRunSteps } from './run-order.ts';
import { RunTabs } from './run-tabs.tsx';
import { ToolsSlot } from './tools-slot.ts';
import { useCatchUp, useFrozen } from '../charts/use-paused.ts';

const ArtifactsTab = later(() => import('./artifacts/artifacts-tab.tsx'), 'ArtifactsTab');

export function RunPage() {
  const { runId = '', experimentId = '', tab = 'overview' } = useParams({ strict: false });
  // The run before stays until the next one is there, so that stepping through runs does not flicker.
  const frozen = useFrozen();
  useCatchUp('run', runId);
  const query = useQuery({ ...runQuery(runId), placeholderData: keepPreviousData, ...frozen });
  // The charts are laid out by it: asked for beside the run, not after it.
  useQuery({ ...runLinesQuery(runId), enabled: tab === 'metrics' || tab === 'system', notifyOnChangeProps: [] });
  const { data: run, error, refetch, isPlaceholderData: waiting } = query;
  const steps = useRunSteps(experimentId, runId, tab);
  const navigate = useNavigate();
  const [slot, setSlot] = useState<HTMLElement | null>(null);

  const home = waiting ? undefined : run?.experimentId;
  useEffect(() => {
    if (home === undefined || home === experimentId) return;
    void navigate({
      to: '/experiments/$experimentId/runs/$runId/$tab',
      params: { experimentId: home, runId, tab },
      search: true,
      replace: true,
    } as never);
  }, [home, experimentId, runId, tab, navigate]);

  if (error instanceof ApiFailure && error.status < 500) return <NoRun runId={runId} experimentId={experimentId} />;
  if (error && !run) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!run) return <Loading />;
  return (
    <div className="run-page" aria-busy={waiting}>
      <RunHeader key={run.id} run={run} steps={steps} />
      <RunTabs run={run} tab={tab} onSlot={setSlot} />
      {run.deleted && <DeletedBanner run={run} />}
      <ToolsSlot value={slot}>
        <Suspense fallback={<Loading />}>
          <Tab key={run.id} run={run} tab={tab} />
        </Suspense>
      </ToolsSlot>
    </div>
  );
}

function Tab({ run, tab }: { run: RunDetail; tab: string }) {
  switch (tab) {
    case 'overview':
      return <OverviewTab run={run} />;
    case 'metrics':
    case 'system':
      return <MetricsTab key={tab} run={run} system={tab === 'system'} />;
    case 'artifacts':
      return <ArtifactsTab runId={run.id} artifactUri={run.artifactUri} />;
    default:
      return <NoTab run={run} tab={tab} />;
  }
}

function NoTab({ run, tab }: { run: RunDetail; tab: string }) {
  const words: Readonly<Record<string, string>> = text.tabsNotHere;
  return (
    <p className="run-nothing">
      {Object.hasOwn(words, tab) ? words[tab] : text.unknownTab}{' '}
      <Link to="/experiments/$experimentId/runs/$runId" params={{ experimentId: run.experimentId, runId: run.id }}>
        {text.toOverview}
      </Link>
    </p>
  );
}

function DeletedBanner({ run }: { run: RunDetail }) {
  return (
    <div className="run-deleted" role="status">
      {text.isDeleted}
      <Button icon="undo" onClick={() => void setDeleted(run, false).catch(showFailure)}>
        {text.restoreRun}
      </Button>
    </div>
  );
}

function NoRun({ runId, experimentId }: { runId: string; experimentId: string }) {
  return (
    <div className="state">
      <PageTitle>{text.notFound(runId.length > 80 ? `${runId.slice(0, 80)}…` : runId)}</PageTitle>
      <Link to="/experiments/$experimentId/runs" params={{ experimentId }}>
        {text.toRuns}
      </Link>
    </div>
  );
}
