/** Code that uses a version, ready to be pasted. */
import type { Signature } from './signature.ts';

/** A word of a POSIX shell. */
function shell(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** JSON's strings are Python's too. */
function pythonString(value: string): string {
  return JSON.stringify(value);
}

export interface Snippets {
  readonly python: string;
  readonly rest: string;
  readonly docker: string;
}

const port = 5001;
const mostColumns = 30;

export function snippetsOf(server: string, uri: string, name: string, signature: Signature | undefined): Snippets {
  const setServer = `export MLFLOW_TRACKING_URI=${shell(server)}`;
  const ask = `curl http://127.0.0.1:${port}/invocations \\\n  -H 'Content-Type: application/json' \\\n  -d ${shell(requestOf(signature))}`;
  const image = imageName(name);
  return {
    python: [
      'import mlflow',
      ...(signature && hasNames(signature) ? ['import pandas as pd'] : []),
      '',
      `mlflow.set_tracking_uri(${pythonString(server)})`,
      `model = mlflow.pyfunc.load_model(${pythonString(uri)})`,
      dataOf(signature),
      'print(model.predict(data))',
    ].join('\n'),
    rest: [
      setServer,
      `mlflow models serve -m ${shell(uri)} -p ${port} --env-manager local`,
      '',
      '# in another terminal',
      ask,
    ].join('\n'),
    docker: [
      setServer,
      `mlflow models build-docker -m ${shell(uri)} -n ${image}`,
      `docker run --rm -p ${port}:8080 ${image}`,
      '',
      '# in another terminal',
      ask,
    ].join('\n'),
  };
}

/** Docker takes lower case, digits and a few signs. */
function imageName(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return plain === '' ? 'model' : plain;
}

function hasNames({ inputs }: Signature): boolean {
  return inputs.length > 0 && inputs.every(({ name }) => name !== undefined);
}

function exampleOf(type: string): unknown {
  if (type === 'string') return 'text';
  if (type === 'boolean') return true;
  if (['integer', 'long'].includes(type)) return 0;
  if (type === 'datetime') return '2026-01-01T00:00:00';
  if (type.startsWith('array')) return [];
  return type.startsWith('object') || type.startsWith('map') ? {} : 0.5;
}

function requestOf(signature: Signature | undefined): string {
  if (signature && hasNames(signature)) {
    const inputs = signature.inputs.slice(0, mostColumns);
    return JSON.stringify({
      dataframe_split: { columns: inputs.map(({ name }) => name), data: [inputs.map(({ type }) => exampleOf(type))] },
    });
  }
  return JSON.stringify({ inputs: [[0.5, 0.5]] });
}

/** Python's words for JSON's. */
function python(value: unknown): string {
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : JSON.stringify(value);
}

function dataOf(signature: Signature | undefined): string {
  if (!signature || !hasNames(signature)) return 'data = [[0.5, 0.5]]  # what the model takes';
  const columns = signature.inputs
    .slice(0, mostColumns)
    .map(({ name, type }) => `    ${pythonString(name ?? '')}: [${python(exampleOf(type))}],`);
  return ['data = pd.DataFrame({', ...columns, '})'].join('\n');
}
