import { Failed, Loading, State } from '../../../components/page.tsx';
import { text } from '../../../text/automl-trial.ts';
import { PlotView } from './plot-view.tsx';
import { useTrialPlots } from './use-trial-plots.ts';

export function TrialPlots({ runId, running }: { runId: string; running: boolean }) {
  const { plots, base, error, refetch } = useTrialPlots(runId);
  if (!plots) return error ? <Failed error={error} onRetry={refetch} /> : <Loading />;
  if (plots.length === 0) return <State title={running ? text.noPlotsYet : text.noPlots} />;
  return (
    <div className="task-facts automl-plots" tabIndex={0} role="region" aria-label={text.plots}>
      {base && <p className="dim">{text.plotsOf(base.name)}</p>}
      {plots.map((shown) => (
        <PlotView key={shown.name} shown={shown} />
      ))}
    </div>
  );
}
