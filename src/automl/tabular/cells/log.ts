/** What a trial leaves on the tracking server. */
import type { AutomlFramework } from '../../../protocol/automl-config.ts';
import { automlTags } from '../../../protocol/automl-record.ts';
import { editedSuffix } from '../../notebook/edited-suffix.ts';
import { section, type Part } from '../../notebook/part.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import type { Proposal } from '../../worker/worker.ts';
import { pipelineParams } from '../preparation.ts';
import { columnsOfSeveralTypes, type Task } from '../task.ts';

export interface Logged {
  readonly name: string;
  readonly estimator: string;
  readonly framework: AutomlFramework;
  /** Of the members; without: the one above. */
  readonly frameworks?: readonly AutomlFramework[];
  readonly params: Proposal['params'];
  /** What the model needs, as Python code; without: what its frameworks need. */
  readonly requirements?: string;
  /** How the columns are made ready, for a reader. */
  readonly preprocessors?: readonly string[];
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

/** The same of a model that there are no validated rows for, a refit of `trial`: it needs what that of the run `TRIAL` does. */
export function finalLogPart(logged: Logged, task: Task): Part {
  const text = 'Parameters, metrics and the model go to the tracking server.';
  const requirements =
    'Path(mlflow.artifacts.download_artifacts(f"runs:/{TRIAL}/model/requirements.txt")).read_text().split()';
  const final = { ...logged, requirements };
  const inherited = `tags |= {name: value for name, value in trial.tags.items() if name == "${automlTags.preprocessors}"}\n`;
  return section('log', 'Log', text, code(final, task, 'all', '', inherited), importsOf(final, task));
}

function code(
  logged: Logged,
  task: Task,
  rows: 'development' | 'all',
  predictions: string,
  inheritedTags = '',
): string {
  const { name, estimator, framework, params, preprocessors, note } = logged;
  const requirements = logged.requirements ?? requirementsOf(logged);
  const named = asksForXgboost(logged) ? xgboostPackage : '';
  const ofPipeline = Object.entries(pipelineParams(params)).map(
    ([key, value]) => `"${key}": ${pythonLiteral(value)}, `,
  );
  const described = note === undefined ? {} : { 'mlflow.note.content': note };
  const ready = preprocessors === undefined ? {} : { [automlTags.preprocessors]: JSON.stringify(preprocessors) };
  const tags = { [automlTags.estimator]: estimator, [automlTags.framework]: framework, ...ready, ...described };
  const folder = predictions === '' ? '' : ', tempfile.TemporaryDirectory() as folder';
  return `sample = X.head(1000)
signature = infer_signature(sample, model.predict(sample.head()))
${signatureCode(task)}${named}
run_name = ${pythonLiteral(name)}
tags = ${pythonLiteral(tags)}
${inheritedTags}if "MLFLOW_RUN_ID" not in os.environ:  # run by hand: a run of its own, beside that of the search
    run_name += "${editedSuffix}"
    tags |= {
        "mlflow.parentRunId": SEARCH_RUN,
        ${pythonLiteral(automlTags.role)}: "trial",
        ${pythonLiteral(automlTags.kind)}: "edited",
    }

with mlflow.start_run(run_name=run_name, tags=tags) as run${folder}:
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
    ...(signatureCode(task) === '' ? [] : schema),
  ];
}

/** What may be missing, and what comes in more than one type, as the signature has it; empty where nothing does. */
function signatureCode(task: Task): string {
  const several = columnsOfSeveralTypes(task);
  if (several.length === 0 && task.optional.length === 0) return '';
  const [names, type] =
    several.length === 0
      ? ['', 'column.type']
      : [
          `# Whole numbers come as float64 where some are missing, and texts that are numbers as such: a model takes both.
several_types = ${pythonLiteral(several)}
`,
          'AnyType() if column.name in several_types else column.type',
        ];
  const required = task.optional.length === 0 ? 'True' : 'column.name not in OPTIONAL';
  return `${names}signature.inputs = Schema(
    [
        ColSpec(${type}, column.name, required=${required})
        for column in signature.inputs
    ]
)
`;
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
  // All that a pickle holds objects of: another scipy cannot read the splines of this one.
  const always = ['mlflow-skinny', 'cloudpickle', 'numpy', 'pandas', 'scipy', 'scikit-learn'];
  const packages = [...always, ...used].map((name) => pythonLiteral(name));
  if (asksForXgboost(logged)) packages.push('xgboost_package');
  return `[f"{package}=={version(package)}" for package in [${packages.join(', ')}]]`;
}
