import { text } from '../../text/charts-page.ts';
import { ExperimentRuns } from '../runs/experiment-runs.tsx';
import { ChartsView } from './charts-view.tsx';

/** Runs as charts: the other view of their table, at the same query. */
export function ChartsPage() {
  return <ExperimentRuns view={ChartsView} words={text} />;
}
