/** The columns made ready, each type in its way; fitted anew within each fold, as a part of the model. */
import type { Imputer } from '../../../protocol/automl-config.ts';
import type { FeatureWay } from '../models/model.ts';
import { section, type Part } from '../../notebook/part.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import { columnGroups, type ColumnGroup, type Task } from '../task.ts';
import { dateFormats, functionCode, hasMonthNames, units, type ColumnFunction } from './column-functions.ts';

interface Step {
  readonly code: string;
  readonly imports: readonly string[];
}

/** @param prepared steps follow, which take no sparse columns */
export function featuresPart(task: Task, way: FeatureWay, prepared = false): Part {
  const dense = prepared || isPlain(way);
  const groups = columnGroups(task);
  const used = new Set<ColumnFunction>();
  const imports = new Set(['sklearn.compose:ColumnTransformer', 'sklearn.preprocessing:FunctionTransformer']);
  const entries: string[] = [];
  const definitions: string[] = [];
  for (const group of groups) {
    const functions = functionsOf(group);
    for (const name of functions) used.add(name);
    if (group.measured) imports.add('re');
    const steps = stepsOf(group, way, task, dense);
    for (const name of steps.flatMap((step) => step.imports)) imports.add(name);
    imports.add('sklearn.pipeline:make_pipeline');
    const codes = [...functions.map((name) => `FunctionTransformer(${name})`), ...steps.map((step) => step.code)];
    definitions.push(`${group.name} = make_pipeline(\n${codes.map((code) => `    ${code},\n`).join('')})`);
    // Texts are counted column by column.
    const parts = group.semantic === 'text' ? group.columns.map((column) => [column]) : [group.columns];
    parts.forEach((columns, place) => {
      const name = pythonLiteral(parts.length > 1 ? `${group.name}_${place + 1}` : group.name);
      entries.push(`        (${name}, ${group.name}, ${pythonLiteral(columns, 8)}),\n`);
    });
  }
  const table = `ColumnTransformer(
    [
${entries.join('')}    ],
    sparse_threshold=${dense ? '0' : '0.3'},
)`;
  if (hasMonthNames(task)) imports.add('re');
  const helpers = helpersOf(used);
  if (helpers.length > 0) imports.add('os').add('warnings');
  const optional = task.optional.length > 0;
  if (optional) imports.add('sklearn.pipeline:make_pipeline');
  const code = `${units(task)}${dateFormats(task)}${optional ? `${withOptional}\n\n\n` : ''}${[...helpers, ...used].map((name) => functionCode(name, task)).join('\n\n\n')}


${definitions.join('\n')}

features = ${optional ? `make_pipeline(FunctionTransformer(with_optional), ${table})` : table}`;
  return section(
    'features',
    'Features',
    'Each type of column is made ready in its way. All of this is a part of the model: it is fitted to training rows alone, and the model takes rows as they come, with values missing or never seen before.',
    code,
    [...imports],
  );
}

const withOptional = `def with_optional(table):
    """The table with the columns that it may lack, as missing ones."""
    absent = [name for name in OPTIONAL if name not in table]
    return table.reindex(columns=[*table.columns, *absent]) if absent else table`;

/** How each type of column is made ready: `numeric: numbers, SimpleImputer, StandardScaler`. */
export function preprocessorsOf(task: Task, way: FeatureWay, prepared: boolean): string[] {
  return columnGroups(task).map((group) => {
    const steps = stepsOf(group, way, task, prepared || isPlain(way)).map(({ code }) => code.split('(')[0] ?? code);
    return `${group.name}: ${[...functionsOf(group), ...steps].join(', ')}`;
  });
}

/** In the order of their use, on the rows as they come. */
function functionsOf(group: ColumnGroup): ColumnFunction[] {
  return group.measured ? ['without_units', functionOf(group)] : [functionOf(group)];
}

/** Functions that the others call, each before these. */
function helpersOf(functions: ReadonlySet<ColumnFunction>): ColumnFunction[] {
  const reading: readonly ColumnFunction[] = ['numbers', 'without_units', 'date_parts'];
  return reading.some((name) => functions.has(name)) ? ['tell_lost'] : [];
}

function functionOf({ semantic }: ColumnGroup): ColumnFunction {
  switch (semantic) {
    case 'numeric':
    case 'boolean':
      return 'numbers';
    case 'categorical':
      return 'as_text';
    case 'datetime':
      return 'date_parts';
    case 'text':
      return 'sentences';
  }
}

/** Trees take columns as they are, missing values too. */
function isPlain(way: FeatureWay): boolean {
  return way === 'plain' || way === 'one-hot';
}

function stepsOf(group: ColumnGroup, way: FeatureWay, task: Task, dense: boolean): Step[] {
  const plain = isPlain(way);
  switch (group.semantic) {
    case 'numeric':
    case 'datetime':
      if (plain) return group.imputer === undefined ? [] : [imputer(group.imputer)];
      return [
        imputer(group.imputer ?? 'median', true),
        ...shapes[way === 'quantile' || way === 'splines' ? way : 'scaled'],
      ];
    case 'boolean':
      return plain && group.imputer === undefined ? [] : [imputer(group.imputer ?? 'most_frequent')];
    case 'categorical': {
      const filled = imputer(group.imputer ?? { strategy: 'constant', fill_value: '(missing)' });
      if (way === 'one-hot') return [filled, oneHot];
      if (group.many) return [filled, targetEncoder(task), ...(plain ? [] : [scaler])];
      return [filled, plain ? ordinal : oneHot];
    }
    case 'text':
      return dense
        ? wordTopics
        : [{ code: 'TfidfVectorizer(max_features=5000, sublinear_tf=True)', imports: [`${text}:TfidfVectorizer`] }];
  }
}

const text = 'sklearn.feature_extraction.text';

const scaler: Step = { code: 'StandardScaler()', imports: ['sklearn.preprocessing:StandardScaler'] };

/** What the numbers of linear models, kernels and networks are made into. */
const shapes: Readonly<Record<'scaled' | 'quantile' | 'splines', Step[]>> = {
  scaled: [scaler],
  quantile: [
    {
      code: 'QuantileTransformer(n_quantiles=100, output_distribution="normal", random_state=SEED)',
      imports: ['sklearn.preprocessing:QuantileTransformer'],
    },
  ],
  splines: [
    {
      code: 'SplineTransformer(n_knots=6, knots="quantile", extrapolation="linear")',
      imports: ['sklearn.preprocessing:SplineTransformer'],
    },
    scaler,
  ],
};

const oneHot: Step = {
  code: 'OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=5, max_categories=50)',
  imports: ['sklearn.preprocessing:OneHotEncoder'],
};

const ordinal: Step = {
  code: 'OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)',
  imports: ['sklearn.preprocessing:OrdinalEncoder'],
};

/** Trees want few columns that say much. */
const wordTopics: Step[] = [
  {
    code: 'HashingVectorizer(n_features=4096, norm=None, alternate_sign=False)',
    imports: [`${text}:HashingVectorizer`],
  },
  { code: 'TfidfTransformer(sublinear_tf=True)', imports: [`${text}:TfidfTransformer`] },
  { code: 'TruncatedSVD(32, random_state=SEED)', imports: ['sklearn.decomposition:TruncatedSVD'] },
];

function imputer(how: Imputer, indicated = false): Step {
  const strategy = typeof how === 'string' ? `"${how}"` : `"constant", fill_value=${pythonLiteral(how.fill_value)}`;
  const indicator = indicated ? ', add_indicator=True' : '';
  return {
    code: `SimpleImputer(strategy=${strategy}, keep_empty_features=True${indicator})`,
    imports: ['sklearn.impute:SimpleImputer'],
  };
}

/** Says what the target is: whole numbers of a regression would be taken for classes. */
function targetEncoder({ kind }: Task): Step {
  const [target, folds] = kind === 'regression' ? ['continuous', 'KFold'] : [kind, 'StratifiedKFold'];
  return {
    code: `TargetEncoder(target_type="${target}", cv=${folds}(5, shuffle=True, random_state=SEED))`,
    imports: ['sklearn.preprocessing:TargetEncoder', `sklearn.model_selection:${folds}`],
  };
}
