/** What all notebooks about one table have to know, taken out of the search once. */
import type { ColumnProfile, SemanticType, TabularProfile } from '../../protocol/automl-record.ts';
import type { Imputer } from '../../protocol/automl-config.ts';
import type { SearchContext } from '../problem.ts';
import type { PythonValue } from '../notebook/python-code.ts';

export interface Task {
  readonly kind: 'binary' | 'multiclass' | 'regression';
  readonly target: string;
  /** As text, sorted; empty for regression. */
  readonly classes: readonly string[];
  /** Of two classes: the one that the metrics are about, as it stands in the data. */
  readonly positive?: PythonValue | undefined;
  /** Of a number: whether all values are positive, so that they have logarithms. */
  readonly isPositive: boolean;
  /** Share of the rarest class. */
  readonly rarest: number;
  readonly features: readonly ColumnProfile[];
  /** Features with values missing: rows may come without them. */
  readonly optional: readonly string[];
  /** Column of the prepared rows that tells how much each counts. */
  readonly weight?: string | undefined;
  readonly rows: number;
  /** Each development row is validated once, and models are fitted to all of them. */
  readonly crossValidated: boolean;
  readonly context: SearchContext;
}

export function taskOf(context: SearchContext): Task {
  const { config, profile } = context;
  if (profile.kind !== 'tabular') throw new TypeError('Tables are planned by the profile of a table.');
  const { target } = profile;
  const counts = target.kind === 'number' ? [] : target.counts;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const features = featuresOf(profile, config.target_col, config.sample_weight_col);
  return {
    kind: target.kind === 'number' ? 'regression' : target.kind,
    target: config.target_col,
    classes: target.kind === 'number' ? [] : target.classes,
    positive:
      target.kind === 'binary'
        ? positiveOf(target.positive ?? target.classes[1] ?? '', profile, config.target_col)
        : undefined,
    isPositive: target.kind === 'number' && target.min > 0,
    rarest: total > 0 ? Math.min(...counts) / total : 1,
    features,
    optional: features.filter(({ missing }) => missing > 0).map(({ name }) => name),
    weight: profile.weights ?? config.sample_weight_col,
    rows: profile.development_rows,
    crossValidated: profile.validation.kind === 'folds',
    context,
  };
}

function featuresOf(profile: TabularProfile, ...others: readonly (string | undefined)[]): ColumnProfile[] {
  return profile.columns.filter(({ name, used }) => used && !others.includes(name));
}

/** The label with the type of its column. */
function positiveOf(label: string, { columns }: TabularProfile, target: string): PythonValue {
  const type = columns.find(({ name }) => name === target)?.type ?? 'string';
  if (type === 'bool') return label.toLowerCase() === 'true';
  return type === 'string' ? label : Number(label);
}

/** What a model takes in more than one type: its signature names none for these. */
export function columnsOfSeveralTypes({ features, context }: Task): string[] {
  // A mark such as `?` was taken for missing in training: the file that has it is one to predict, too.
  const marked = context.profile.alerts.filter(({ name }) => name === 'mixed_types').flatMap((one) => one.columns);
  return features.filter((one) => hasSeveralTypes(one) || marked.includes(one.name)).map(({ name }) => name);
}

function hasSeveralTypes({ type, semantic, unit, holds_numbers }: ColumnProfile): boolean {
  return (type.startsWith('int') && semantic !== 'boolean') || unit !== undefined || holds_numbers === true;
}

/** Columns that are treated alike: of one type, filled in one way. */
export interface ColumnGroup {
  /** Letters and underscores. */
  readonly name: string;
  readonly semantic: SemanticType;
  readonly imputer?: Imputer | undefined;
  /** Texts that are numbers with a unit. */
  readonly measured: boolean;
  /** Categories with more values than are worth a column each. */
  readonly many: boolean;
  readonly columns: readonly string[];
}

/** More categories than this are encoded by the target's mean instead of a column each. */
const manyCategories = 12;

export function columnGroups({ features, context }: Task): ColumnGroup[] {
  const groups = new Map<string, ColumnGroup & { columns: string[] }>();
  for (const feature of features) {
    const imputer = context.config.imputers[feature.name];
    const semantic = treatedAs(feature);
    const many = semantic === 'categorical' && feature.unique > manyCategories;
    const measured = feature.unit !== undefined;
    const kind = measured ? 'measures' : many ? 'many_categories' : groupNames[semantic];
    const name = [kind, ...imputerWords(imputer)].join('_');
    // Constants differ by their value, which is no part of a name.
    const key = `${name} ${JSON.stringify(imputer)}`;
    const group = groups.get(key);
    if (group) group.columns.push(feature.name);
    else
      groups.set(key, { name: unusedName(name, groups), semantic, imputer, measured, many, columns: [feature.name] });
  }
  return [...groups.values()];
}

const groupNames: Readonly<Record<SemanticType, string>> = {
  numeric: 'numeric',
  boolean: 'boolean',
  categorical: 'categories',
  text: 'text',
  datetime: 'dates',
};

/** Words such as yes and no are categories. */
function treatedAs({ semantic, type }: ColumnProfile): SemanticType {
  return semantic === 'boolean' && type === 'string' ? 'categorical' : semantic;
}

function imputerWords(imputer: Imputer | undefined): string[] {
  if (imputer === undefined) return [];
  return [typeof imputer === 'string' ? imputer : imputer.strategy];
}

function unusedName(name: string, groups: ReadonlyMap<string, ColumnGroup>): string {
  const taken = new Set([...groups.values()].map((group) => group.name));
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) if (!taken.has(`${name}_${number}`)) return `${name}_${number}`;
}
