import type { ColumnProfile, TabularProfile } from '../../protocol/automl-record.ts';
import type { Notebook } from '../notebook/cell.ts';
import { monthNames, pandasFormat } from '../notebook/month-names.ts';
import { notebookCells } from '../notebook/notebook-cells.ts';
import { section, type Part } from '../notebook/part.ts';
import { pythonLiteral } from '../notebook/python-code.ts';
import { cacheCode } from '../notebook/search-code.ts';
import type { SearchContext } from '../problem.ts';
import { setupCode, setupImports } from './exploration-setup.ts';
import * as code from './table-code.ts';
import { whatIsKnown } from './what-is-known.ts';

/** More columns than these are not drawn. */
const most = { numbers: 24, categories: 12, dates: 4, texts: 4, alone: 40 };

/** Types, missing values, distributions, correlations, what tells the target, and how alike training and validation are. */
export function tableExploration(context: SearchContext): Notebook {
  const { config, profile } = context;
  if (profile.kind !== 'tabular') throw new TypeError('A table is explored by the profile of a table.');
  const features = profile.columns.filter(({ used }) => used);
  const [numbers, categories, dates, texts] = [
    features.filter(({ semantic }) => semantic === 'numeric'),
    features.filter(({ semantic }) => semantic === 'categorical' || semantic === 'boolean'),
    features.filter(({ semantic }) => semantic === 'datetime'),
    features.filter(({ semantic }) => semantic === 'text'),
  ];
  const digits = dates.some(({ type, format }) => format !== undefined && type !== 'string');
  const named = dates.some(({ format }) => format === monthNames);
  const isClass = profile.target.kind !== 'number';
  const settings = [
    `TARGET = ${pythonLiteral(config.target_col)}`,
    `NUMBERS = ${pythonLiteral(names(numbers))}`,
    `CATEGORIES = ${pythonLiteral(names(categories))}`,
    ...(dates.length > 0 ? [`DATES = ${pythonLiteral(formats(dates))}  # with their format`] : []),
    ...(texts.length > 0 ? [`TEXTS = ${pythonLiteral(names(texts))}`] : []),
  ].join('\n');
  const parts: Part[] = [
    { imports: setupImports, cells: [] },
    section(
      'load',
      'Load the data',
      loadText(profile),
      `${cacheCode}\n${code.load(texts.length > 0, dates.length > 0)}`,
      [],
    ),
    section(
      'evaluate',
      'Columns',
      'What stands in each: its type, what is missing, how many values it has.',
      code.columns,
      [],
    ),
    section('evaluate', 'Target', targetText(profile), isClass ? code.classes : code.numberTarget, []),
    ...(features.some(({ missing }) => missing > 0)
      ? [
          section(
            'evaluate',
            'Missing values',
            'The share of each column, and how the target is where the value is missing.',
            isClass ? code.missingByClass : code.missing,
            [],
          ),
        ]
      : []),
    ...(numbers.length > 0
      ? [
          section(
            'evaluate',
            'Numbers',
            drawn(numbers.length, most.numbers, 'How they are spread'),
            code.numbers(isClass, most.numbers),
            [],
          ),
        ]
      : []),
    ...(categories.length > 0
      ? [
          section(
            'evaluate',
            'Categories',
            drawn(categories.length, most.categories, `The most frequent values, and the target for each`),
            code.categories(isClass, most.categories),
            [],
          ),
        ]
      : []),
    ...(dates.length > 0
      ? [
          section(
            'evaluate',
            'Dates',
            drawn(dates.length, most.dates, 'Rows over time'),
            code.dates(most.dates, digits, named),
            named ? ['re'] : [],
          ),
        ]
      : []),
    ...(texts.length > 0
      ? [
          section(
            'evaluate',
            'Texts',
            drawn(texts.length, most.texts, 'Their length, and their most frequent words'),
            code.texts(most.texts),
            [],
          ),
        ]
      : []),
    ...(numbers.length > 1
      ? [
          section(
            'evaluate',
            'Correlations',
            'Of the ranks (Spearman), so that bent relations show too. Columns that say the same stand out as dark squares.',
            code.correlations(most.numbers),
            [],
          ),
        ]
      : []),
    section(
      'evaluate',
      'What each column tells of the target',
      `A small decision tree is fitted to one column at a time and judged on rows that it has not seen. A column that alone is right nearly always is more often a leak than luck: ask whether it is known when a prediction is made.`,
      code.alone(isClass, most.alone),
      [
        'sklearn.model_selection:cross_val_score',
        isClass ? 'sklearn.tree:DecisionTreeClassifier' : 'sklearn.tree:DecisionTreeRegressor',
      ],
    ),
    section('evaluate', 'Training and validation', validationText(profile), code.drift(isClass, profile.weights), [
      'scipy.stats:ks_2samp',
    ]),
  ];
  return {
    name: 'data-exploration',
    cells: notebookCells('Data exploration', headText(context, profile), setupCode(context, settings), parts),
    results: [],
  };
}

function names(columns: readonly ColumnProfile[]): string[] {
  return columns.map(({ name }) => name);
}

function formats(columns: readonly ColumnProfile[]): Record<string, string | null> {
  return Object.fromEntries(
    columns.map(({ name, format }) => [name, format === undefined ? null : pandasFormat(format)]),
  );
}

function headText({ config }: SearchContext, profile: TabularProfile): string {
  const sampled = profile.sampled_rows === undefined ? '' : `, of which ${profile.sampled_rows} were kept`;
  return `\`${config.target_col}\` is to be predicted from ${profile.columns.filter(({ used }) => used).length} columns; the data has ${profile.rows} rows${sampled}.

${whatIsKnown(profile)}`;
}

function loadText({ development_rows, test_rows }: TabularProfile): string {
  return `The ${development_rows} rows that models learn from and are compared by. The ${test_rows} test rows are not looked at here: what is chosen with them in sight is judged too well by them.`;
}

function targetText({ target, weights }: TabularProfile): string {
  if (target.kind === 'number') return 'How it is spread. A long tail is told more of by mae than by rmse.';
  if (weights === undefined) return 'How many rows each class has.';
  const [most, rows] = target.classes
    .map((name, place) => [name, target.counts[place] ?? 0] as const)
    .toSorted((a, b) => b[1] - a[1])[0] ?? ['', 0];
  const total = target.counts.reduce((sum, count) => sum + count, 0);
  return `How many rows each class has here, where \`${most}\` was thinned for training: in the data it has ${((100 * rows) / total).toFixed(2)} % of the rows.`;
}

function validationText({ validation }: TabularProfile): string {
  switch (validation.kind) {
    case 'folds':
      return `Each row is validated once, in one of ${validation.folds} folds. These should be alike.`;
    case 'holdout':
      return 'The rows of the validation are drawn by chance. They should be like those of the training.';
    case 'time':
      return 'The rows of the validation are later than those of the training. Columns that have changed since are where models go wrong first.';
    case 'manual':
      return 'The data tells which rows are for validation. Columns in which these differ are where models go wrong first.';
  }
}

function drawn(count: number, most: number, what: string): string {
  return count > most ? `${what}: the first ${most} of ${count}.` : `${what}.`;
}
