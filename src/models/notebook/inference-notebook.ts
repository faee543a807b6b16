/** Notebooks that score with a model: a file as a whole, or rows as they come. */
import type { ModelFolder } from '../model-folder.ts';
import { notebookText, pythonText, type Cell } from './notebook.ts';
import { asFileCode, asTableCode, exampleCode, exampleOf, inputCode, readCode } from './table-code.ts';

export const notebookKinds = ['batch', 'realtime'] as const;
export type NotebookKind = (typeof notebookKinds)[number];

export interface NotebookWish {
  readonly kind: NotebookKind;
  /** As Python code names it: `models:/churn/3`. */
  readonly uri: string;
  readonly model: Pick<ModelFolder, 'flavors' | 'inputs'>;
  /** The server that knows the address; undefined for a folder. */
  readonly trackingUri?: string | undefined;
  /** A table to be scored; an example is made where there is none. */
  readonly input?: string | undefined;
  /** How the files of CSV are written: arguments of pandas, such as `sep=";"`. Default: with commas. */
  readonly csv?: readonly string[] | undefined;
  /** Columns of which the model takes the texts of such files, whatever they are: `1.234` may be a thousand. */
  readonly texts?: readonly string[] | undefined;
  /** What it says first, as Markdown has it. Default: the address. */
  readonly title?: string | undefined;
  /** Where the model is served; without one it is loaded in the notebook. */
  readonly endpoint?: string | undefined;
}

export function inferenceNotebook(wish: NotebookWish): string {
  return notebookText(inferenceCells(wish));
}

export function inferenceCells(wish: NotebookWish): readonly Cell[] {
  return wish.kind === 'batch' ? batchCells(wish) : realtimeCells(wish);
}

/** Models of other flavors are run by Modelyard itself. */
function isPython({ model }: NotebookWish): boolean {
  return Object.hasOwn(model.flavors, 'python_function');
}

function batchCells(wish: NotebookWish): Cell[] {
  const parameters = `
model_uri = ${pythonText(wish.uri)}
input_path = Path(${pythonText(wish.input ?? 'input.csv')})  # CSV, Parquet or JSON lines
output_path = Path("predictions.csv")  # its ending says the format
`;
  const load = isPython(wish) ? [loadCell] : [];
  const score = isPython(wish)
    ? `${asTableCode}\n\n\npredictions = model.predict(model_input(table))\nscored = pd.concat([table, as_table(predictions)], axis=1)`
    : `subprocess.run(
    ["modelyard", "models", "predict", "-m", model_uri, "-i", str(input_path), "-o", str(output_path), "--keep-input"],
    check=True,
)
scored = read_table(output_path)`;
  return [
    titleCell(wish, 'Scores a table with the model and writes the table with its predictions.', isPython(wish)),
    importsCell(wish),
    { id: 'parameters', kind: 'code', source: parameters, tags: ['parameters'] },
    ...load,
    {
      id: 'read',
      kind: 'code',
      source: `${readCode(wish.csv, wish.model.inputs, wish.texts)}\n\n\n${tableSource(wish)}\n\ntable = read_table(input_path)\ntable.head()`,
    },
    ...(isPython(wish) ? [{ id: 'input', kind: 'code', source: inputCode(wish.model.inputs) } as const] : []),
    { id: 'score', kind: 'code', source: score },
    {
      id: 'write',
      kind: 'code',
      source: `${isPython(wish) ? 'write_table(scored, output_path)\n' : ''}print(f"{len(scored)} rows are in {output_path}")\nscored.head()`,
    },
  ];
}

function realtimeCells(wish: NotebookWish): Cell[] {
  const parameters = `
model_uri = ${pythonText(wish.uri)}
input_path = Path(${pythonText(wish.input ?? 'input.csv')})  # its first rows are scored, one by one
# Where the model is served, such as http://127.0.0.1:5001/invocations. Without one it is ${isPython(wish) ? 'loaded' : 'served'} here.
endpoint_url = os.environ.get("ENDPOINT_URL", ${pythonText(wish.endpoint ?? '')})
`;
  return [
    titleCell(wish, 'Scores rows one by one, as an application does.', isPython(wish)),
    importsCell(wish),
    { id: 'parameters', kind: 'code', source: parameters, tags: ['parameters'] },
    isPython(wish) ? { ...loadCell, source: loadUnlessServed } : serveCell,
    {
      id: 'read',
      kind: 'code',
      source: `${readCode(wish.csv, wish.model.inputs, wish.texts)}\n\n\n${tableSource(wish)}\n\ntable = read_table(input_path).head(5)\ntable`,
    },
    { id: 'input', kind: 'code', source: inputCode(wish.model.inputs) },
    { id: 'predict', kind: 'code', source: predictCode(wish) },
    { id: 'score', kind: 'code', source: scoreRows },
    ...(isPython(wish)
      ? []
      : [{ id: 'stop', kind: 'code', source: 'if server:\n    server.terminate()\n    server.wait()' } as const]),
  ];
}

function titleCell({ uri, title = uri }: NotebookWish, what: string, python: boolean): Cell {
  const needs = python
    ? 'It needs `mlflow`, `pandas` and what the model was trained with: `mlflow.pyfunc.get_model_dependencies(model_uri)` writes a list for `pip install -r`.'
    : 'It needs `pandas`, and `modelyard` in the `PATH`.';
  const large = 'For a table larger than memory: `modelyard models predict -m URI -i FILE -o FILE`.';
  return { id: 'title', kind: 'markdown', source: `# ${title}\n\n${what} ${needs}\n\n${large}` };
}

function importsCell(wish: NotebookWish): Cell {
  const names = ['base64', 'json', 'os', ...(isPython(wish) ? [] : ['socket', 'subprocess']), 'time', 'urllib.request'];
  const source = `${names.map((name) => `import ${name}\n`).join('')}from pathlib import Path

${isPython(wish) ? 'import mlflow\n' : ''}import numpy as np
import pandas as pd
${trackingCode(wish)}`;
  return { id: 'imports', kind: 'code', source };
}

function trackingCode(wish: NotebookWish): string {
  if (wish.trackingUri === undefined) return '';
  const uri = pythonText(wish.trackingUri);
  return isPython(wish)
    ? `\nmlflow.set_tracking_uri(os.environ.get("MLFLOW_TRACKING_URI", ${uri}))`
    : `\nos.environ.setdefault("MLFLOW_TRACKING_URI", ${uri})`;
}

const loadCell: Cell = {
  id: 'load',
  kind: 'code',
  source: 'model = mlflow.pyfunc.load_model(model_uri)\nmodel.metadata.signature',
};

const loadUnlessServed = 'model = None if endpoint_url else mlflow.pyfunc.load_model(model_uri)';

const serveCell: Cell = {
  id: 'serve',
  kind: 'code',
  source: `
server = None
if not endpoint_url:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(["modelyard", "models", "serve", "-m", model_uri, "-p", str(port)])
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/ping", timeout=5).close()
            break
        except OSError:
            if server.poll() is not None:
                raise RuntimeError("The model cannot be served; what it wrote stands above.")
            time.sleep(0.1)
    endpoint_url = f"http://127.0.0.1:{port}/invocations"
endpoint_url
`,
};

/** Writes an example where the input is missing. */
function tableSource(wish: NotebookWish): string {
  const example = isPython(wish)
    ? exampleCode(wish.model.inputs)
    : `def example_table():\n    """An example to start with."""\n    return pd.DataFrame(${exampleOf(wish.model.inputs)})`;
  return `${asFileCode}\n\n\n${example}\n\n\nif not input_path.exists():\n    write_table(example_table().map(as_file), input_path)`;
}

function predictCode(wish: NotebookWish): string {
  const loaded = isPython(wish) ? '    if model:\n        return model.predict(data)\n' : '';
  return `
def body_of(data):
    """The body of a request: a table, or tensors."""
    if isinstance(data, pd.DataFrame):
        split = data.map(lambda value: as_file(value) if isinstance(value, bytes) else value)
        return {"dataframe_split": json.loads(split.to_json(orient="split", index=False, date_format="iso"))}
    if isinstance(data, dict):
        return {"inputs": {name: values.tolist() for name, values in data.items()}}
    return {"inputs": data.tolist()}


def predict(data):
${loaded}    request = urllib.request.Request(
        endpoint_url, json.dumps(body_of(data)).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)["predictions"]
`;
}

const scoreRows = `
for place in range(len(table)):
    begin = time.perf_counter()
    predictions = predict(model_input(table.iloc[[place]]))
    print(f"row {place}: {predictions} in {(time.perf_counter() - begin) * 1000:.1f} ms")
`;
