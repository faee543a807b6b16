/** Fitting to everything, and what the run keeps. */
import { automlTags } from '../../../protocol/automl-record.ts';
import { editedSuffix } from '../../notebook/edited-suffix.ts';
import { section, type Part } from '../../notebook/part.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import type { FinishedTrial, SearchContext } from '../../problem.ts';
import type { Params } from '../estimators/estimator.ts';
import { seriesSetting } from '../series-setting.ts';

/** Defines `model` and its costs in `metrics`. @param code Python that makes `model` */
export function fitPart(text: string, code: string, fitSeconds = 'time.perf_counter() - started'): Part {
  return section(
    'fit',
    'Fit',
    text,
    `
started = time.perf_counter()
${code}
metrics["fit_seconds"] = ${fitSeconds}

${forecastCode('HORIZON')}`,
    ['time'],
  );
}

/** Defines `model`, fitted to the data and the test, and its costs in `metrics`. */
export function finalFitPart(hasCovariates: boolean): Part {
  return section(
    'fit',
    'Fit',
    'The same model, fitted again; its bands are stretched as they were.',
    `
started = time.perf_counter()
data = pd.concat([data, test[test["y"].notna()]]).sort_values(["series", "ds"], ignore_index=True)
model = mlflow.pyfunc.load_model(f"runs:/{TRIAL}/model").unwrap_python_model().fit(data)
metrics["fit_seconds"] = time.perf_counter() - started

${forecastCode(hasCovariates ? 'HORIZON, test' : 'HORIZON')}`,
    ['time'],
  );
}

function forecastCode(steps: string): string {
  return `started = time.perf_counter()
forecast = model.forecast(${steps})
metrics["predict_ms_per_row"] = (time.perf_counter() - started) * 1000 / len(forecast)
forecast.head(HORIZON)`;
}

export interface Logged {
  readonly name: string;
  readonly estimator: string;
  readonly params: Params;
  /** That the model needs when it is loaded. */
  readonly packages: readonly string[];
}

/** Takes `data`, `validation`, `model` and `metrics`; defines `run`. */
export function logPart(logged: Logged, context: SearchContext): Part {
  const predictions = `    with tempfile.TemporaryDirectory() as folder:
        validation.to_parquet(Path(folder) / "validation.parquet", index=False)
        mlflow.log_artifacts(folder, "predictions")
`;
  return section('log', 'Log', about, code(logged, context, 'development', predictions), ['tempfile', ...imports]);
}

/** The same of a model that is the trial `base`, fitted again: nothing of it was measured. */
export function finalLogPart(logged: Logged, context: SearchContext, base: FinishedTrial): Part {
  const note = `Fitted to all steps: its val_ and test_ metrics are those of the trial ${base.name} (run ${base.runId}), of which it is a refit.`;
  const noted = `    mlflow.set_tag("mlflow.note.content", ${pythonLiteral(note)})\n`;
  return section('log', 'Log', about, code(logged, context, 'all', noted), imports);
}

const about =
  'Parameters, metrics and the model, with its signature, an example and the packages that it needs. Run by hand this makes a new run.';
const imports = [
  'cloudpickle',
  'importlib.metadata:version',
  'mlflow.models:infer_signature',
  ...['AnyType', 'ColSpec', 'Schema'].map((name) => `mlflow.types.schema:${name}`),
];

function code(
  { name, estimator, params, packages }: Logged,
  context: SearchContext,
  data: string,
  more: string,
): string {
  const { covariates } = seriesSetting(context);
  const known = covariates.length > 0;
  // What was whole in the data will be so when it is asked for, and MLflow refuses whole numbers for decimals.
  const whole = context.profile.columns.filter(({ name, type }) => covariates.includes(name) && /^u?int/.test(type));
  const inAnyType =
    whole.length === 0
      ? '== TIME'
      : `in ${pythonLiteral(whole.map((column) => column.name)).replace(/^\[/, '[TIME, ')}`;
  return `edited = {
    "mlflow.runName": ${pythonLiteral(`${name}${editedSuffix}`)},
    "mlflow.parentRunId": SEARCH_RUN,
    ${pythonLiteral(automlTags.role)}: "trial",
    ${pythonLiteral(automlTags.kind)}: "edited",
    ${pythonLiteral(automlTags.estimator)}: ${pythonLiteral(estimator)},
}
example = model.to_ask(HORIZON)
signature = infer_signature(example, model.predict(None, example), params={"horizon": 0})
# Times may come as texts${whole.length > 0 ? ', covariates as whole numbers' : ''}${known ? ', and covariates that nobody knows may be left out' : ''}.
signature.inputs = Schema(
    [
        ColSpec(AnyType() if column.name ${inAnyType} else column.type, column.name${known ? ', required=column.name not in COVARIATES' : ''})
        for column in signature.inputs
    ]
)
packages = ${pythonLiteral([...new Set(['numpy', 'pandas', 'scipy', ...packages])])}
requirements = [f"mlflow=={mlflow.__version__}", *(f"{name}=={version(name)}" for name in packages)]
metrics["model_size_bytes"] = len(cloudpickle.dumps(model))

with mlflow.start_run(tags={} if "MLFLOW_RUN_ID" in os.environ else edited) as run:
    mlflow.log_params(${pythonLiteral({ estimator, ...params })})
    dataset = mlflow.data.from_pandas(data, targets="y", name="${data}", digest=${pythonLiteral(context.profile.data_hash.slice(0, 36))})
    mlflow.log_input(dataset, context="training")
${more}    logged = mlflow.pyfunc.log_model(
        name="model",
        python_model=model,
        signature=signature,
        input_example=example,
        pip_requirements=requirements,
    )
    mlflow.log_metrics(metrics, model_id=logged.model_id, dataset=dataset)`;
}
