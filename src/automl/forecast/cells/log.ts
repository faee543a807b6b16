/** Fitting to everything, and what the run keeps. */
import { automlTags } from '../../../protocol/automl-record.ts';
import { section, type Part } from '../../notebook/part.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import type { SeriesSetting } from '../series-setting.ts';
import type { Params } from '../estimators/estimator.ts';

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

started = time.perf_counter()
forecast = model.forecast(HORIZON)
metrics["predict_ms_per_row"] = (time.perf_counter() - started) * 1000 / len(forecast)
forecast.head(HORIZON)`,
    ['time'],
  );
}

/** @param packages that the model needs when it is loaded */
export function logPart(
  estimator: string,
  params: Params,
  packages: readonly string[],
  single: boolean,
  predictions = true,
): Part {
  const logged = { estimator, ...params };
  const pins = [...new Set(['mlflow', 'numpy', 'pandas', ...packages])];
  return section(
    'log',
    'Log',
    'Parameters, metrics and the model, with its signature, an example and the packages that it needs. Run by hand this makes a new run.',
    `
edited = {
    "mlflow.parentRunId": SEARCH_RUN,
    ${pythonLiteral(automlTags.role)}: "trial",
    ${pythonLiteral(automlTags.kind)}: "edited",
    ${pythonLiteral(automlTags.estimator)}: ${pythonLiteral(estimator)},
}
example = model.next_steps(HORIZON)${single ? '.drop(columns="series")' : ''}
signature = infer_signature(example, model.predict(None, example), params={"horizon": 0})
packages = ${pythonLiteral(pins.filter((name) => name !== 'mlflow'))}
requirements = [f"mlflow=={mlflow.__version__}", *(f"{name}=={version(name)}" for name in packages)]
metrics["model_size_bytes"] = len(cloudpickle.dumps(model))

with mlflow.start_run(tags={} if "MLFLOW_RUN_ID" in os.environ else edited) as run:
    mlflow.log_params(${pythonLiteral(logged)})
${
  predictions
    ? `    with tempfile.TemporaryDirectory() as folder:
        validation.to_parquet(Path(folder) / "validation.parquet", index=False)
        mlflow.log_artifacts(folder, "predictions")
`
    : ''
}    logged = mlflow.pyfunc.log_model(
        name="model",
        python_model=model,
        signature=signature,
        input_example=example,
        pip_requirements=requirements,
    )
    mlflow.log_metrics(metrics, model_id=logged.model_id)`,
    ['tempfile', 'cloudpickle', 'importlib.metadata:version', 'mlflow.models:infer_signature'].filter(
      (name) => predictions || name !== 'tempfile',
    ),
  );
}

/** Defines `model`, fitted to the data and the test, and its costs in `metrics`. */
export function finalFitCode({ covariates }: SeriesSetting): string {
  return `
started = time.perf_counter()
data = pd.concat([data, test[test["y"].notna()]]).sort_values(["series", "ds"], ignore_index=True)
model = mlflow.pyfunc.load_model(f"runs:/{TRIAL}/model").unwrap_python_model().fit(data)
metrics["fit_seconds"] = time.perf_counter() - started

started = time.perf_counter()
forecast = model.forecast(HORIZON${covariates.length > 0 ? ', test' : ''})
metrics["predict_ms_per_row"] = (time.perf_counter() - started) * 1000 / len(forecast)
forecast.head(HORIZON)`;
}
