import { expect, test } from 'bun:test';
import type { Capture } from '../../../api/endpoints.ts';
import { captureRows, columnsOf } from './capture-rows.ts';

function capture(request: unknown, response: unknown, status = 200): Capture {
  return { id: 'c', time: 1, status, latency_ms: 1, request, response };
}

test('each row of a request is a row, with its prediction', () => {
  const request = { dataframe_split: { columns: ['a', 'b'], data: [[1, 'x'], [2, null]] } }; // prettier-ignore
  const rows = captureRows([capture(request, { predictions: [10, 20] })]);
  expect(rows.map(({ cells, prediction }) => [...(cells ?? []), prediction])).toEqual([
    [['a', '1'], ['b', 'x'], '10'],
    [['a', '2'], ['b', 'null'], '20'],
  ]); // prettier-ignore
  expect(columnsOf(rows)).toEqual(['a', 'b']);
});

test('what has no rows shows as it is, and an error in the words of the server', () => {
  const [tensor] = captureRows([capture({ inputs: [[1, 2]] }, { predictions: [0.5] })]);
  expect(tensor).toMatchObject({ cells: undefined, whole: '{"inputs":[[1,2]]}', prediction: '0.5' });
  const [failed] = captureRows([capture('a,b\n1,2', { error_code: 'BAD_REQUEST', message: 'No.' }, 400)]);
  expect(failed).toMatchObject({ whole: 'a,b\n1,2', prediction: 'No.' });
});
