/** What a trial leaves on the tracking server. */
import type { AutomlFramework } from '../../../protocol/automl-config.ts';
import { automlTags } from '../../../protocol/automl-record.ts';
import { section, type Part } from '../../notebook/part.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import type { Proposal } from '../../worker/worker.ts';
import { pipelineParams } from '../preparation.ts';
import type { Task } from '../task.ts';

export interface Logged {
  readonly name: string;
  readonly estimator: string;
  readonly framework: AutomlFramework;
  /** Of the members; without: the one above. */
  readonly frameworks?: readonly AutomlFramework[];
  readonly params: Proposal['params'];
  /** What the model needs, as Python code; without: what its frameworks need. */
  readonly requirements?: string;
  /** Description of the run. */
  readonly note?: string;
}

/** Takes `params`, `metrics`, `model`, `predicted` and, of classes, `prediction`; defines `run`. */
export function logPart(logged: Logged, task: Task): Part {
  const text = 'Parameters, metrics, the predictions of the validation and the model go to the tracking server.';
  const predictions = `    predictions.to_parquet(f"{folder}/validation.parquet", index=False)
    mlflow.log_artifact(f"{folder}/validation.parquet", "predictions")
`;
  return section('log', 'Log', text, `${predictionsCode(task)}\n\n${code(logged, task, 'development', predictions)}`, [
    'tempfile',
    ...importsOf(logged, task),
  ]);
}

/** The same of a model that there are no validated rows for, which needs what that of the run `TRIAL` does. */
export function finalLogPart(logged: Logged, task: Task): Part {
  const text = 'Parameters, metrics and the model go to the tracking server.';
  const requirements =
    'Path(mlflow.artifacts.download_artifacts(f"runs:/{TRIAL}/model/requirements.txt")).read_text().split()';
  const final = { ...logged, requirements };
  return section('log', 'Log', text, code(final, task, 'all', ''), importsOf(final, task));
}

function code(logged: Logged, task: Task, rows: 'development' | 'all', predictions: string): string {
  const { name, estimator, framework, params, note } = logged;
  const requirements = logged.requirements ?? requirementsOf(logged);
  const named = asksForXgboost(logged) ? xgboostPackage : '';
  const ofPipeline = Object.entries(pipelineParams(params)).map(
    ([key, value]) => `"${key}": ${pythonLiteral(value)}, `,
  );
  const whole = wholeNumbers(task);
  const described = note === undefined ? {} : { 'mlflow.note.content': note };
  const tags = { [automlTags.estimator]: estimator, [automlTags.framework]: framework, ...described };
  const folder = predictions === '' ? '' : ', tempfile.TemporaryDirectory() as folder';
  return `sample = X.head(1000)
signature = infer_signature(sample, model.predict(sample.head()))
${whole.length > 0 ? `${wholeNumbersCode(whole)}\n` : ''}${named}
tags = ${pythonLiteral(tags)}
if "MLFLOW_RUN_ID" not in os.environ:  # run by hand: a run of its own, beside that of the search
    tags |= {
        "mlflow.parentRunId": SEARCH_RUN,
        ${pythonLiteral(automlTags.role)}: "trial",
        ${pythonLiteral(automlTags.kind)}: "edited",
    }

with mlflow.start_run(run_name=${pythonLiteral(name)}, tags=tags) as run${folder}:
    mlflow.log_params({**params, ${ofPipeline.join('')}"random_state": SEED})
    dataset = mlflow.data.from_pandas(
        data,
        targets=TARGET,
        name="${rows}",
        digest=${pythonLiteral(task.context.profile.data_hash.slice(0, 36))},
    )
    mlflow.log_input(dataset, context="training")
${predictions}    logged = mlflow.sklearn.log_model(
        model,
        name="model",
        serialization_format="cloudpickle",
        signature=signature,
        input_example=X.head(5),
        pip_requirements=${requirements},
    )
    mlflow.log_metrics(metrics, model_id=logged.model_id, dataset=dataset)`;
}

function importsOf(logged: Logged, task: Task): string[] {
  const schema = ['AnyType', 'ColSpec', 'Schema'].map((name) => `mlflow.types.schema:${name}`);
  return [
    'mlflow.sklearn',
    ...(logged.requirements === undefined ? ['importlib.metadata:version'] : []),
    ...(asksForXgboost(logged) ? ['importlib.metadata:distributions'] : []),
    'mlflow.models:infer_signature',
    ...(wholeNumbers(task).length > 0 ? schema : []),
  ];
}

function wholeNumbers({ features }: Task): string[] {
  return features
    .filter(({ type, semantic }) => type.startsWith('int') && semantic !== 'boolean')
    .map(({ name }) => name);
}

/** pandas reads whole numbers as int64, and as float64 where one is missing: a model takes both. */
function wholeNumbersCode(names: readonly string[]): string {
  return `# Whole numbers come as int64, or as float64 where some are missing: the model takes both.
whole = ${pythonLiteral(names)}
signature.inputs = Schema(
    [ColSpec(AnyType(), column.name) if column.name in whole else column for column in signature.inputs]
)`;
}

function predictionsCode({ kind, weight }: Task): string {
  const weights = weight === undefined ? '' : ', "weight": weight[validated]';
  const head = `predictions = pd.DataFrame({"row": row[validated], "fold": fold[validated], "target": y[validated], "prediction": ${kind === 'regression' ? 'predicted' : 'prediction'}${weights}})`;
  if (kind === 'regression') return head;
  return `${head}
for place, label in enumerate(classes):
    predictions[f"probability_{label}"] = predicted[:, place]`;
}

/** XGBoost comes as one of two packages. */
const xgboostPackage =
  'xgboost_package = next(name for name in ("xgboost", "xgboost-cpu") if any(distributions(name=name)))\n';

function asksForXgboost({ framework, frameworks = [framework], requirements }: Logged): boolean {
  return requirements === undefined && frameworks.includes('xgboost');
}

function requirementsOf(logged: Logged): string {
  const { framework, frameworks = [framework] } = logged;
  const used = frameworks.includes('lightgbm') ? ['lightgbm'] : [];
  const packages = ['mlflow-skinny', 'cloudpickle', 'pandas', 'scikit-learn', ...used].map((name) =>
    pythonLiteral(name),
  );
  if (asksForXgboost(logged)) packages.push('xgboost_package');
  return `[f"{package}=={version(package)}" for package in [${packages.join(', ')}]]`;
}
