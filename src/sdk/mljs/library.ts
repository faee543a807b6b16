/** The classes of the mljs family that are known here, and their models. */

export interface MljsClass {
  readonly name: string;
  load(model: unknown): MljsModel;
}

export interface MljsModel {
  predict(rows: never): unknown;
  toJSON(): unknown;
}

interface Kind {
  readonly package: string;
  readonly task: 'classifier' | 'regressor';
  /** Predicts on a Matrix of ml-matrix only. */
  readonly wantsMatrix?: boolean;
}

export const kinds: Readonly<Record<string, Kind>> = {
  RandomForestClassifier: { package: 'ml-random-forest', task: 'classifier' },
  RandomForestRegression: { package: 'ml-random-forest', task: 'regressor' },
  DecisionTreeClassifier: { package: 'ml-cart', task: 'classifier' },
  DecisionTreeRegression: { package: 'ml-cart', task: 'regressor' },
  LogisticRegression: { package: 'ml-logistic-regression', task: 'classifier', wantsMatrix: true },
  GaussianNB: { package: 'ml-naivebayes', task: 'classifier' },
  MultinomialNB: { package: 'ml-naivebayes', task: 'classifier' },
  KNN: { package: 'ml-knn', task: 'classifier' },
  MultivariateLinearRegression: { package: 'ml-regression-multivariate-linear', task: 'regressor' },
};

/** @throws TypeError for a class that is not known here */
export function kindOf(className: string): Kind {
  const kind = Object.hasOwn(kinds, className) ? kinds[className] : undefined;
  if (kind) return kind;
  throw new TypeError(`${className} is none of the classes that can be logged: ${Object.keys(kinds).join(', ')}.`);
}

/** What a model gave for each row, as plain values: of one row alone, a list of one, or a matrix of one column too. */
export function predictionsOf(answer: unknown): unknown[] {
  return listsOf(answer).map((value) => (Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value));
}

/** Rows, or labels, of lists, typed arrays or a Matrix. */
export function listsOf(values: unknown): unknown[] {
  const matrix = values as { to2DArray?: () => unknown[] };
  if (typeof matrix.to2DArray === 'function') return matrix.to2DArray();
  return Array.from(values as ArrayLike<unknown>);
}
