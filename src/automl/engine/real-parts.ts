/** The parts of a search that trains. */
import { prepareData } from '../data/prepare-data.ts';
import { automlPython } from '../environment.ts';
import { forecastProblem } from '../forecast/forecast-problem.ts';
import { tabularProblem } from '../tabular/tabular-problem.ts';
import { startNotebookRunner } from '../worker/notebook-runner.ts';
import { startSearcher } from '../worker/searcher.ts';
import type { SearchParts } from './parts.ts';

export const realParts: SearchParts = {
  python: automlPython,
  problem: ({ problem_type: problem }) => (problem === 'forecasting' ? forecastProblem : tabularProblem),
  prepare: prepareData,
  runner: startNotebookRunner,
  searcher: startSearcher,
};
