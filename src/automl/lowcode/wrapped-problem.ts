/** Bagging and boosting of a model: its notebook, with a line that wraps the learner. */
import type { Notebook } from '../notebook/cell.ts';
import type { ProblemKind } from '../problem.ts';

/** Estimators that hold others, by method and problem. */
export const wrappers = {
  bagging: { classification: 'BaggingClassifier', regression: 'BaggingRegressor' },
  boosting: { classification: 'AdaBoostClassifier', regression: 'AdaBoostRegressor' },
} as const;
const names: ReadonlySet<string> = new Set(Object.values(wrappers).flatMap((of) => Object.values(of)));
/** Where the line goes. */
const anchor = /^model = Pipeline\(/m;

/** The same problem, which also knows the wrappers: plans of which have the wrapped trial as their base. */
export function wrappedProblem(problem: ProblemKind): ProblemKind {
  return {
    ...problem,
    frameworkOf: (estimator) => (names.has(estimator) ? 'sklearn' : problem.frameworkOf(estimator)),
    trialNotebook(plan, context) {
      const [base] = plan.bases;
      if (!names.has(plan.estimator) || !base) return problem.trialNotebook(plan, context);
      const inner = { ...plan, estimator: base.estimator, params: base.params, bases: [] };
      return wrapped(problem.trialNotebook(inner, context), plan.estimator, plan.params['n_estimators']);
    },
  };
}

function wrapped(notebook: Notebook, estimator: string, count: unknown): Notebook {
  const line = `# ${String(count)} of it, ${estimator.startsWith('Bagging') ? 'each fitted to a sample of the rows' : 'each fitted to what those before got wrong'}.
learner = ${estimator}(learner, n_estimators=${String(count)}, random_state=SEED)
`;
  const cells = notebook.cells.map((cell) => {
    if (cell.kind !== 'code' || cell.tags?.[0] !== 'model' || !anchor.test(cell.source)) return cell;
    return {
      ...cell,
      source: `from sklearn.ensemble import ${estimator}\n\n${cell.source.replace(anchor, `${line}$&`)}`,
    };
  });
  return { ...notebook, cells };
}
