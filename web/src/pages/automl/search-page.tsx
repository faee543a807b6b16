/** A search: its best models while they are found, the data they are made of, and its notebooks. */
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { isRunning, searchOf, type Search } from '../../api/automl.ts';
import { rankedTrials } from '../../api/automl-ranking.ts';
import { trialsOf } from '../../api/automl-trials.ts';
import { ApiFailure } from '../../api/client.ts';
import { runQuery } from '../../api/run.ts';
import { Failed, Loading, PageTitle, State } from '../../components/page.tsx';
import { ViewTabs } from '../../components/view-tabs.tsx';
import { text } from '../../text/automl.ts';
import { ConfigTab } from './config-tab.tsx';
import { DataTab } from './data-tab.tsx';
import { ModelsTab } from './models-tab.tsx';
import { NotebooksTab } from './notebooks-tab.tsx';
import { SearchHead } from './search-head.tsx';
import { SearchNotes } from './search-notes.tsx';
import { useSearchView, views } from './use-search-view.ts';

export function SearchPage() {
  const { runId = '' } = useParams({ strict: false });
  const { data: run, error, refetch } = useQuery(runQuery(runId));
  const missing = error instanceof ApiFailure && error.status < 500;
  const search = run && !missing ? searchOf(run) : undefined;
  if (search) return <ShownSearch key={search.runId} search={search} />;
  return (
    <>
      <div className="page-head">
        <nav aria-label={text.automl} className="page-crumbs">
          <Link to="/automl">{text.automl}</Link> /
        </nav>
        <PageTitle>{run?.name ?? text.automl}</PageTitle>
      </div>
      {missing ? (
        <State title={text.missing}>
          <Link to="/automl">{text.all}</Link>
        </State>
      ) : run ? (
        <State title={text.notSearch}>
          <Link to="/experiments/$experimentId/runs/$runId" params={{ experimentId: run.experimentId, runId: run.id }}>
            {text.openRun}
          </Link>
        </State>
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </>
  );
}

function ShownSearch({ search }: { search: Search }) {
  const shown = useSearchView();
  const { config, runId } = search;
  const { data, error, refetch } = useQuery(trialsOf(search));
  const trials = data && config ? rankedTrials(data, config) : undefined;
  const running = isRunning(search);
  // While it runs its own word comes a moment after the trial.
  const named = running ? undefined : trials?.find((trial) => trial.runId === search.bestRun);
  const best = named ?? trials?.find(({ rank }) => rank === 1);
  const { view } = shown;
  return (
    <div className="automl-page">
      <SearchHead search={search} best={best} running={running} />
      <SearchNotes search={search} />
      <ViewTabs label={text.tabsLabel} views={views} titles={text.tabs} current={view} usual="models" name="view" />
      {config === undefined ? (
        <State title={text.config.unknown}>
          <Link to="/experiments/$experimentId/runs/$runId" params={{ experimentId: search.experimentId, runId }}>
            {text.openRun}
          </Link>
        </State>
      ) : view === 'data' ? (
        <DataTab search={search} config={config} running={running} onNotebook={() => shown.showView('notebooks')} />
      ) : view === 'config' ? (
        <ConfigTab runId={runId} config={config} />
      ) : trials === undefined ? (
        error ? (
          <Failed error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading />
        )
      ) : view === 'notebooks' ? (
        <NotebooksTab search={search} best={best} running={running} shown={shown} />
      ) : (
        <ModelsTab search={search} config={config} trials={trials} best={best} running={running} shown={shown} />
      )}
    </div>
  );
}
