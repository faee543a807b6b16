/** What a search says at its end. */
import { expect, test } from 'bun:test';
import type { SearchEnd } from '../../automl/engine/search.ts';
import { checkedConfig } from '../../protocol/automl-config-check.ts';
import { output, type Output } from '../output/output.ts';
import { tellSearch } from './search-report.ts';

const end: SearchEnd = {
  runId: '4f1c',
  experimentId: '1',
  address: 'http://127.0.0.1:5000/automl/4f1c',
  status: 'FINISHED',
  phase: 'finished',
  message: 'The time was up.',
  leaderboard: [],
  modelUri: 'models:/sales of may/2',
  registered: 'sales of may/2',
  champion: true,
  killed: 2,
  warnings: ['No ensemble of the best models was made: there was not enough time left for one.'],
  listColumns: [],
};

test('what was left out is told, and names with spaces can be pasted', () => {
  const config = checkedConfig({ problem_type: 'regression', dataset: '/data/of may.csv', target_col: 'sold' });
  const notes: string[] = [];
  const out: Output = { ...output(false), note: (line) => notes.push(line) };
  tellSearch(end, config, out);
  expect(notes).toContain('2 trials had not ended by then.');
  expect(notes).toContain('! No ensemble of the best models was made: there was not enough time left for one.');
  expect(notes).toContain("Serve     modelyard models serve -m 'models:/sales of may@champion'");
  expect(notes.at(-1)).toEndWith("-m 'models:/sales of may@champion' -o predictions.csv -i '/data/of may.csv'");
});

test('a file with lists is not named as what can be predicted', () => {
  const config = checkedConfig({ problem_type: 'regression', dataset: '/data/vectors.parquet', target_col: 'y' });
  const notes: string[] = [];
  const out: Output = { ...output(false), note: (line) => notes.push(line) };
  tellSearch({ ...end, listColumns: ['vec', 'spot'] }, config, out);
  expect(notes.at(-1)).toEndWith('-i FILE.parquet  # each place of vec, spot as a column: vec_0, vec_1, …');
});
