import { useQuery } from '@tanstack/react-query';
import { plotsOf } from '../../api/automl-plots.ts';
import { Failed, Loading, State } from '../../components/page.tsx';
import { text } from '../../text/automl.ts';
import { PlotView } from './plot-view.tsx';

export function TrialPlots({ runId, running }: { runId: string; running: boolean }) {
  const { data, error, refetch } = useQuery(plotsOf(runId));
  if (!data) return error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />;
  if (data.length === 0) return <State title={running ? text.trial.noPlotsYet : text.trial.noPlots} />;
  return (
    <div className="task-facts automl-plots" tabIndex={0} role="region" aria-label={text.trial.plots}>
      {data.map((shown) => (
        <PlotView key={shown.name} shown={shown} />
      ))}
    </div>
  );
}
