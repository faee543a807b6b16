/** How to forecast with the chosen model. */
import type { Notebook } from '../../notebook/cell.ts';
import type { SearchContext } from '../../problem.ts';
import { inferenceTitle } from '../../notebook/inference-title.ts';
import { notebookCells } from '../../notebook/notebook-cells.ts';
import { section } from '../../notebook/part.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import { seriesSetting } from '../series-setting.ts';

export function inferenceNotebooks(modelUri: string, context: SearchContext): readonly Notebook[] {
  return [batchNotebook(modelUri, context), realtimeNotebook(modelUri, context)];
}

const imports = ['os', 'mlflow', 'pandas as pd'];

function settings(modelUri: string, context: SearchContext): string {
  return `os.environ.setdefault("MLFLOW_TRACKING_URI", ${pythonLiteral(context.trackingUri)})

MODEL = ${pythonLiteral(modelUri)}
HORIZON = ${context.config.horizon}  # steps to forecast`;
}

const load = section(
  'inference',
  'Load the model',
  '',
  'model = mlflow.pyfunc.load_model(MODEL)\nexample = model.input_example\nexample.head()',
  [],
);

function batchNotebook(modelUri: string, context: SearchContext): Notebook {
  const known = seriesSetting(context).covariates;
  const text =
    known.length > 0
      ? `\`${known.join('`, `')}\` of a step to be forecast come from its row; where there is none they are as they were last.`
      : 'The steps that follow what the model has learnt from, of each series.';
  return {
    name: 'batch',
    cells: notebookCells(
      inferenceTitle(modelUri, context.config),
      'Writes the next steps of each series, with a band around them, to a file.',
      settings(modelUri, context),
      [
        { imports, cells: [] },
        load,
        section(
          'inference',
          'Forecast',
          text,
          `
forecast = model.predict(example, params={"horizon": HORIZON})
forecast.to_csv("forecast.csv", index=False)
forecast.head(HORIZON)`,
          [],
        ),
      ],
    ),
    results: [],
  };
}

function realtimeNotebook(modelUri: string, context: SearchContext): Notebook {
  return {
    name: 'realtime',
    cells: notebookCells(
      `${inferenceTitle(modelUri, context.config)}, for chosen times`,
      'Asks the model for single rows, as a service does.',
      settings(modelUri, context),
      [
        { imports, cells: [] },
        load,
        section(
          'inference',
          'Forecast rows',
          'Each row is a step after what the model has learnt from.',
          `
rows = example.head(3)
model.predict(rows)`,
          [],
        ),
      ],
    ),
    results: [],
  };
}
