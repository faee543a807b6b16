import { getTrackingUri } from '../../sdk/settings.ts';
import { action } from '../action.ts';
import { CommandError } from '../command.ts';
import type { Column } from '../output/table.ts';
import type { DataDescription } from '../../automl/data/describe-data.ts';
import { placeOf } from './search-config.ts';
import { dataFlags } from './search-flags.ts';

type Row = DataDescription['columns'][number];

const columns: readonly Column<Row>[] = [
  { title: 'COLUMN', cell: ({ name }) => name },
  { title: 'TYPE', cell: ({ type }) => type },
  { title: 'TAKEN FOR', cell: ({ semantic }) => semantic },
  { title: 'MISSING', cell: ({ missing }) => missing },
  { title: 'UNIQUE', cell: ({ unique }) => unique },
  { title: 'NOT USED', cell: ({ used, reason }) => (used ? undefined : (reason ?? 'not used')), optional: true },
  { title: 'SUCH AS', cell: ({ examples }) => examples.join(', '), optional: true },
];

export const describe = action({
  name: 'describe',
  summary: 'what a search would see in some data: its columns, their types, what is missing',
  flags: dataFlags,
  example: `modelyard automl describe --data churn.csv
modelyard automl describe --data sqlite:///shop.db --query 'select * from orders'`,
  async run(given, out) {
    if (given.data === undefined)
      throw new CommandError('automl describe needs DATA: a file, or a database with --query', 2);
    const dataset = placeOf(given.data);
    const [{ describeData }, { automlPython }] = await Promise.all([
      import('../../automl/data/describe-data.ts'),
      import('../../automl/environment.ts'),
    ]);
    try {
      const onProgress = (step: string): void => out.note(step);
      const python = await automlPython({ onProgress });
      const environment = { MLFLOW_TRACKING_URI: getTrackingUri() };
      const found = await describeData({ dataset, query: given.query }, { python, environment, onProgress });
      if (out.json) out.details(found, []);
      else tell(found);
    } catch (error) {
      const { name, message } = error as Error;
      throw name === 'DataError' || name === 'EnvironmentError' ? new CommandError(message) : error;
    }

    function tell({ columns: rows, rows: count, sampled, warnings }: DataDescription): void {
      out.list(rows, columns, 'There are no columns.');
      out.note(`${count ?? 'Very many'} rows${sampled ? ', of which a part was read' : ''}, ${rows.length} columns.`);
      for (const warning of warnings) out.note(`! ${warning}`);
    }
  },
});
