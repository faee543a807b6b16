import { Link, useParams } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ConnectionFailure } from '../../api/client.ts';
import { experimentQuery, restoreExperiments } from '../../api/experiments.ts';
import { Button } from '../../components/button.tsx';
import { Failed, PageTitle, State } from '../../components/page.tsx';
import { count } from '../../components/format.ts';
import { useUrlState } from '../../components/url-state.ts';
import { showFailure } from '../../components/toast.tsx';
import { text as common } from '../../text/common.ts';
import { text as frame } from '../../text/frame.ts';
import { text } from '../../text/runs.ts';
import { ExperimentChoice } from './experiment-choice.tsx';
import { readRunQuery } from './run-query.ts';
import { RunsTable } from './runs-table.tsx';
import { withoutWrong } from './wrong-parts.ts';

/** The runs of an experiment, or of several: /runs?experiments=1,2 */
export function RunsPage() {
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
        <PageTitle title={text.noExperiment}>
          <span className="visually-hidden">{text.noExperiment}</span>
        </PageTitle>
        <Link to="/experiments">{common.home}</Link>
      </State>
    );
  }
  const several = experimentId === undefined;
  if (several && query.experimentIds.length === 0) return <ExperimentChoice onChange={setValues} />;
  const name = several ? text.several(count(query.experimentIds.length)) : (experiment.data?.name ?? '');
  const table = (
    <RunsTable
      key={query.experimentIds.join()}
      query={query}
      values={values}
      right={right}
      wrong={wrong}
      onChange={setValues}
      title={
        <>
          <nav className="breadcrumb" aria-label={text.of}>
            <Link to="/experiments">{frame.experiments}</Link>
            <span aria-hidden="true">/</span>
          </nav>
          <PageTitle title={name}>
            <span title={name}>{name}</span>
          </PageTitle>
        </>
      }
    />
  );
  if (experiment.data?.deleted !== true) return table;
  return (
    <>
      <div className="banner" role="status">
        {text.experimentDeleted}{' '}
        <Button
          onClick={() => {
            restoreExperiments([experimentId ?? '']).catch(showFailure);
          }}
        >
          {common.restore}
        </Button>
      </div>
      {table}
    </>
  );
}
