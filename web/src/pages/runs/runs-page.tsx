import { text } from '../../text/runs.ts';
import { ExperimentRuns } from './experiment-runs.tsx';
import { RunsTable } from './runs-table.tsx';

const words = { several: text.several, title: (heading: string) => heading };

/** Runs as a table. */
export function RunsPage() {
  return <ExperimentRuns view={RunsTable} words={words} />;
}
