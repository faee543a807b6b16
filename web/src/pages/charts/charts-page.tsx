/** Runs as charts: the other view of their table, at the same query. `/charts?experiments=1,2` for several experiments. */
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { ConnectionFailure } from '../../api/client.ts';
import { experimentQuery } from '../../api/experiments.ts';
import { count } from '../../components/format.ts';
import { Failed, PageTitle, State } from '../../components/page.tsx';
import { useUrlState } from '../../components/url-state.ts';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/charts-page.ts';
import { text as frame } from '../../text/frame.ts';
import { text as runs } from '../../text/runs.ts';
import { ExperimentChoice } from '../runs/experiment-choice.tsx';
import { readRunQuery } from '../runs/run-query.ts';
import { withoutWrong } from '../runs/wrong-parts.ts';
import { ChartsView } from './charts-view.tsx';

export function ChartsPage() {
  const { experimentId } = useParams({ strict: false });
  const [values, setValues] = useUrlState();
  const { values: right, wrong } = useMemo(() => withoutWrong(values), [values]);
  const query = useMemo(() => readRunQuery(right, experimentId), [right, experimentId]);
  const experiment = useQuery({ ...experimentQuery(experimentId ?? ''), enabled: experimentId !== undefined });
  if (experiment.error instanceof ConnectionFailure) {
    return <Failed error={experiment.error} onRetry={() => void experiment.refetch()} />;
  }
  if (experiment.error) {
    return (
      <State title={experiment.error.message}>
        <PageTitle title={runs.noExperiment}>
          <span className="visually-hidden">{runs.noExperiment}</span>
        </PageTitle>
        <Link to="/experiments">{common.home}</Link>
      </State>
    );
  }
  const several = experimentId === undefined;
  if (several && query.experimentIds.length === 0) return <ExperimentChoice onChange={setValues} />;
  const name = several ? text.several(count(query.experimentIds.length)) : (experiment.data?.name ?? '');
  return (
    <ChartsView
      key={query.experimentIds.join()}
      query={query}
      values={values}
      right={right}
      wrong={wrong}
      onChange={setValues}
      title={
        <>
          <nav className="breadcrumb" aria-label={runs.of}>
            <Link to="/experiments">{frame.experiments}</Link>
            <span aria-hidden="true">/</span>
          </nav>
          <PageTitle title={name === '' ? '' : text.title(name)}>
            <span title={name}>{name}</span>
          </PageTitle>
        </>
      }
    />
  );
}
