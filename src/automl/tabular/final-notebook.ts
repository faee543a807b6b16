/** The chosen model once more, fitted to every row. */
import type { Notebook } from '../notebook/cell.ts';
import { notebookCells } from '../notebook/notebook-cells.ts';
import { section } from '../notebook/part.ts';
import { pythonLiteral } from '../notebook/python-code.ts';
import type { TrialPlan } from '../problem.ts';
import { costsPart } from './cells/evaluate.ts';
import { finalLogPart } from './cells/log.ts';
import { loadAllPart, settings, settingsImports } from './cells/opening.ts';
import { usePart } from './cells/use.ts';
import type { Task } from './task.ts';

export function finalNotebook(plan: TrialPlan, task: Task): Notebook {
  const [base] = plan.bases;
  if (!base) throw new TypeError('A final model needs the trial that was chosen.');
  const weights = task.weight === undefined ? '' : ', model__sample_weight=weight';
  const note = `Fitted to all rows: its val_ and test_ metrics are those of the trial ${base.name} (run ${base.runId}), of which it is a refit.`;
  const parts = [
    { imports: settingsImports, cells: [] },
    loadAllPart(task),
    section(
      'model',
      'The trial',
      'No rows are left to measure this model by: the numbers are those of the trial.',
      `TRIAL = ${pythonLiteral(base.runId)}  # ${base.name}
chosen = mlflow.sklearn.load_model(f"runs:/{TRIAL}/model")
trial = mlflow.get_run(TRIAL).data
params = {**trial.params, "refit_of": TRIAL}`,
      ['mlflow.sklearn'],
    ),
    section(
      'fit',
      'Fit',
      'Each learner is fitted anew; thresholds and the weights of members stay.',
      `def refitted(model):
    """The same model, fitted to all rows, and its members, where it has some."""
    if isinstance(model, FrozenEstimator):
        return FrozenEstimator(refitted(model.estimator))
    if isinstance(model, Pipeline):
        return clone(model).fit(X, y${weights})
    again = clone(model)
    if hasattr(model, "estimators"):
        names, members = zip(*model.estimators, strict=True)
        fits = Parallel(n_jobs=N_JOBS, prefer="threads")(delayed(refitted)(member) for member in members)
        again.set_params(estimators=list(zip(names, fits, strict=True)))
    else:
        again.set_params(estimator=refitted(model.estimator))
    return again.fit(X, y)


started = time.perf_counter()
model = refitted(chosen)
fit_seconds = time.perf_counter() - started
`,
      [
        'time',
        'joblib:Parallel',
        'joblib:delayed',
        'sklearn.base:clone',
        'sklearn.frozen:FrozenEstimator',
        'sklearn.pipeline:Pipeline',
      ],
    ),
    costsPart,
    section(
      'evaluate',
      'Metrics',
      '',
      `metrics = {
    **{name: value for name, value in trial.metrics.items() if name.startswith(("val_", "test_"))},
    **costs(model),
    "fit_seconds": fit_seconds,
}
metrics = {name: float(value) for name, value in metrics.items()}
pd.Series(metrics)`,
      [],
    ),
    finalLogPart({ ...plan, params: {}, note }, task),
    usePart(task),
  ];
  const text = `The best of the search, \`${base.name}\`, fitted to all rows: those of the training, the validation and the test. Its code stands in the notebook of that trial.`;
  return {
    name: plan.name,
    cells: notebookCells(`${plan.name}: ${base.name} on all rows`, text, settings(task), parts),
    results: ['metrics'],
  };
}
