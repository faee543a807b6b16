import { Link, useParams } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { experimentById } from '../../api/experiment.ts';
import { Failed, PageTitle } from '../../components/page.tsx';
import { count } from '../../components/format.ts';
import { useUrlState } from '../../components/url-state.ts';
import { text as frame } from '../../text/frame.ts';
import { text } from '../../text/runs.ts';
import { readRunQuery } from './run-query.ts';
import { RunsTable } from './runs-table.tsx';

/** The runs of an experiment, or of several: /runs?experiments=1,2 */
export function RunsPage() {
  const { experimentId } = useParams({ strict: false });
  const [values, setValues] = useUrlState();
  const query = useMemo(() => readRunQuery(values, experimentId), [values, experimentId]);
  const experiment = useQuery({ ...experimentById(experimentId ?? ''), enabled: experimentId !== undefined });
  if (experiment.error) return <Failed error={experiment.error} onRetry={() => void experiment.refetch()} />;
  const several = experimentId === undefined;
  const name = several ? text.several(count(query.experimentIds.length)) : (experiment.data?.name ?? '');
  return (
    <RunsTable
      key={query.experimentIds.join()}
      query={query}
      values={values}
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
}
