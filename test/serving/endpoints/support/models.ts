/** Versions of registered models that answer differently: small ONNX models, logged as a run's artifacts. */
import { tinyOnnxOf } from '../../../sdk/support/tiny-onnx.ts';

type Ask = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;

/** Calls a method of the server; throws for what it refuses. */
export function askOf(url: string): Ask {
  return async (method, path, body) => {
    const response = await fetch(`${url}/api/2.0${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
}

const signature = JSON.stringify([{ type: 'tensor', 'tensor-spec': { dtype: 'float32', shape: [-1, 2] } }]);
const mlmodelOf = (run: string): string => `run_id: ${run}
model_uuid: ${run}
flavors:
  onnx:
    data: model.onnx
    onnx_version: 1.17.0
mlflow_version: 3.0.0
signature:
  inputs: '${signature}'
  outputs: '${signature}'
`;

/** What the operator makes of [[1, -2]]. */
export const answers = { Identity: [[1, -2]], Neg: [[-1, 2]], Abs: [[1, 2]] } as const;

/** Operators of ONNX that tell versions apart, or something that is no model. */
export type Operator = keyof typeof answers | 'broken';

/** Registers a version; resolves with its number. */
export async function registerModel(url: string, name: string, operator: Operator): Promise<string> {
  const onnx = operator === 'broken' ? new Uint8Array([1, 2, 3]) : tinyOnnxOf('float32', [], operator);
  return registerFiles(url, name, (run) => ({ MLmodel: mlmodelOf(run), 'model.onnx': onnx }));
}

type Files = Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>;

/** The same for a folder of this machine. */
export async function registerFolder(url: string, name: string, folder: string): Promise<string> {
  const files: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const path of new Bun.Glob('**/*').scanSync(folder)) files[path] = await Bun.file(`${folder}/${path}`).bytes();
  return registerFiles(url, name, () => files);
}

async function registerFiles(url: string, name: string, filesOf: (run: string) => Files): Promise<string> {
  const ask = askOf(url);
  const { run } = (await ask('POST', '/mlflow/runs/create', { experiment_id: '0', start_time: 1 })) as {
    run: { info: { run_id: string; artifact_uri: string } };
  };
  const { run_id: id, artifact_uri: uri } = run.info;
  const source = `${uri}/model`;
  for (const [path, content] of Object.entries(filesOf(id))) await upload(url, `${source}/${path}`, content);
  await ask('POST', '/mlflow/registered-models/create', { name }).catch(() => undefined);
  const made = await ask('POST', '/mlflow/model-versions/create', { name, source, run_id: id });
  return (made as { model_version: { version: string } }).model_version.version;
}

async function upload(url: string, uri: string, content: string | Uint8Array<ArrayBuffer>): Promise<void> {
  const path = uri.replace(/^mlflow-artifacts:\/*/, '');
  const put = await fetch(`${url}/api/2.0/mlflow-artifacts/artifacts/${path}`, { method: 'PUT', body: content });
  if (!put.ok) throw new Error(await put.text());
}

export async function setAlias(url: string, name: string, alias: string, version: string): Promise<void> {
  await askOf(url)('POST', '/mlflow/registered-models/alias', { name, alias, version });
}
