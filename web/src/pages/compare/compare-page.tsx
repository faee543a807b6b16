import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Suspense, useMemo, useState, type ComponentType } from 'react';
import { comparisonQuery, mostCompared, type Comparison } from '../../api/comparison.ts';
import { runColour, runColourTag } from '../../charts/run-colour.ts';
import { Button } from '../../components/button.tsx';
import { count } from '../../components/format.ts';
import { later } from '../../components/later.tsx';
import { Failed, Loading, PageTitle, State } from '../../components/page.tsx';
import { useUrlState } from '../../components/url-state.ts';
import { ViewTabs } from '../../components/view-tabs.tsx';
import { text } from '../../text/compare.ts';
import { text as frame } from '../../text/frame.ts';
import { writeList } from '../runs/run-query.ts';
import { AddRuns } from './choose/add-runs.tsx';
import { compareViews, readCompareQuery, type CompareView } from './compare-query.ts';
import type { ColouredRun } from './run-head.tsx';
import { TableView, type ViewProps } from './table/table-view.tsx';

const views: Readonly<Record<CompareView, ComponentType<ViewProps>>> = {
  table: TableView,
  curves: later(() => import('./charts/curves-view.tsx'), 'CurvesView'),
  charts: later(() => import('./charts/charts-view.tsx'), 'ChartsView'),
  data: later(() => import('./data/data-view.tsx'), 'DataView'),
  files: later(() => import('./files/files-view.tsx'), 'FilesView'),
  media: later(() => import('./media/media-view.tsx'), 'MediaView'),
};

/** Two to a hundred runs of any experiments: /compare?runs=ID,ID */
export function ComparePage() {
  const [url, setUrl] = useUrlState();
  const query = useMemo(() => readCompareQuery(url), [url]);
  const [adding, setAdding] = useState(false);
  const { ids, view } = query;
  const tooMany = ids.length > mostCompared;
  const { data, error, isFetching, refetch } = useQuery({
    ...comparisonQuery(ids),
    enabled: ids.length > 0 && !tooMany,
  });
  const runs = useMemo(() => (data ? colouredRuns(data) : []), [data]);
  const base = Math.max(
    0,
    runs.findIndex(({ id }) => id === query.baseline),
  );
  const gone = data && !isFetching ? ids.filter((id) => !runs.some((run) => run.id === id)) : [];
  const View = views[view];
  const names = runs.map(({ name }) => name);
  const there = ids.length - gone.length;
  return (
    <div className="compare-page">
      <div className="compare-top">
        <Breadcrumb runs={runs} />
        <PageTitle title={names.length > 1 ? text.title(names) : text.compare}>
          {there > 0 ? text.heading(count(there)) : text.compare}
        </PageTitle>
        <ViewTabs
          label={text.viewsLabel}
          views={compareViews}
          titles={text.views}
          current={view}
          usual="table"
          name="view"
        />
        <span className="spacer" />
        <Button
          icon="plus"
          onClick={() => {
            setAdding(true);
          }}
        >
          {text.add.button}
        </Button>
      </div>
      {gone.length > 0 && (
        <p className="compare-note" role="status">
          {text.gone(gone.map((id) => id.slice(0, 40)).join(', '))}{' '}
          <Button
            kind="quiet"
            onClick={() => {
              setUrl({ runs: writeList(ids.filter((id) => !gone.includes(id))) }, { replace: true });
            }}
          >
            {text.removeGone}
          </Button>
        </p>
      )}
      {data?.cut === true && <p className="compare-note">{text.cut}</p>}
      {tooMany ? (
        <State title={text.tooMany(count(ids.length), count(mostCompared))}>
          <Button
            onClick={() => {
              setUrl({ runs: writeList(ids.slice(0, mostCompared)) });
            }}
          >
            {text.firstOnes(count(mostCompared))}
          </Button>
        </State>
      ) : ids.length === 0 || (data && runs.length + gone.length > 0 && runs.length < 2 && !isFetching) ? (
        <State title={text.tooFew}>
          <p className="dim">{text.tooFewHint}</p>
          <Button
            icon="plus"
            onClick={() => {
              setAdding(true);
            }}
          >
            {text.add.button}
          </Button>
        </State>
      ) : error && !data ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Suspense fallback={<Loading />}>
          <View query={query} comparison={data} runs={runs} base={base} busy={isFetching} onChange={setUrl} />
        </Suspense>
      ) : (
        <Loading />
      )}
      {adding && (
        <AddRuns
          ids={ids}
          runs={runs}
          onAdd={(more) => {
            setUrl({ runs: writeList([...new Set([...ids, ...more])].slice(0, mostCompared)) });
          }}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </div>
  );
}

function colouredRuns({ runs, tags }: Comparison): ColouredRun[] {
  const chosen = tags.find(({ key }) => key === runColourTag)?.values;
  return runs.map((run, place) => ({ ...run, colour: runColour(run.number, chosen?.[place]) }));
}

/** Back to the table that the runs stand in. */
function Breadcrumb({ runs }: { runs: readonly ColouredRun[] }) {
  const experiments = [...new Set(runs.map(({ experimentId }) => experimentId))];
  const [only] = runs;
  return (
    <nav className="breadcrumb" aria-label={text.runsOf}>
      {experiments.length === 1 && only ? (
        <Link to="/experiments/$experimentId/runs" params={{ experimentId: only.experimentId }}>
          <span className="ellipsis">{only.experimentName}</span>
        </Link>
      ) : (
        <Link to="/runs" search={{ experiments: writeList(experiments) } as never}>
          {frame.experiments}
        </Link>
      )}
      <span aria-hidden="true">/</span>
    </nav>
  );
}
