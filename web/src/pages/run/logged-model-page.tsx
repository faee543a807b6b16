/** The address of a logged model leads to its files, which are shown among those of the run that made it. */
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useParams } from '@tanstack/react-router';
import { ApiFailure } from '../../api/client.ts';
import { sourceRunQuery } from '../../api/logged-models.ts';
import { Failed, Loading, PageTitle } from '../../components/page.tsx';
import { text } from '../../text/run.ts';

export function LoggedModelPage() {
  const { experimentId = '', modelId = '' } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(sourceRunQuery(modelId));
  if (data?.runId) {
    return (
      <Navigate
        to="/experiments/$experimentId/runs/$runId/$tab"
        params={{ experimentId: data.experimentId, runId: data.runId, tab: 'artifacts' }}
        search={{ path: `models:/${modelId}` } as never}
        replace
      />
    );
  }
  const isAbsent = error instanceof ApiFailure && error.status < 500;
  if (error && !isAbsent) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data && !isAbsent) return <Loading />;
  return (
    <div className="state">
      <PageTitle>{isAbsent ? text.noLoggedModel(modelId) : text.modelWithoutRun(modelId)}</PageTitle>
      <Link to="/experiments/$experimentId/runs" params={{ experimentId }}>
        {text.toRuns}
      </Link>
    </div>
  );
}
