/** Code that uses a version, ready to be pasted. */
import type { Signature } from './signature.ts';
import { exampleData, quoted } from './snippet-data.ts';

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

export function snippetsOf(server: string, uri: string, name: string, signature: Signature | undefined): Snippets {
  const data = exampleData(signature);
  const setServer = `export MLFLOW_TRACKING_URI=${quoted(server)}`;
  const ask = `curl http://127.0.0.1:${port}/invocations \\\n  -H 'Content-Type: application/json' \\\n  -d ${data.request}`;
  const image = imageName(name);
  return {
    python: [
      'import mlflow',
      ...data.imports,
      '',
      `mlflow.set_tracking_uri(${pythonString(server)})`,
      `model = mlflow.pyfunc.load_model(${pythonString(uri)})`,
      data.python,
      'print(model.predict(data))',
    ].join('\n'),
    rest: [
      setServer,
      `mlflow models serve -m ${quoted(uri)} -p ${port} --env-manager local`,
      '',
      '# in another terminal',
      ask,
    ].join('\n'),
    docker: [
      setServer,
      `mlflow models build-docker -m ${quoted(uri)} -n ${image}`,
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
