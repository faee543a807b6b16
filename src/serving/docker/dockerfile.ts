/** A Dockerfile whose image serves a model: its environment is installed when the image is built. */
import packageJson from '../../../package.json' with { type: 'json' };
import type { ModelFolder } from '../../models/model-folder.ts';
import { readNeeds, withMlflow, type PythonNeeds } from '../../python-workers/environments/python-needs.ts';
import type { EnvManager } from '../scorer-options.ts';

export interface ImageWish {
  /** Undefined: the one that is mounted when a container starts. */
  readonly model: ModelFolder | undefined;
  /** Where the model's Python packages are installed. Undefined: in the image's own Python, when there is a model. */
  readonly envManager: EnvManager | undefined;
  readonly installJava: boolean;
  /** The release of MLflow to install whatever the model names; undefined: what it names. */
  readonly mlflow: string | undefined;
}

/** Where the model lies in the image, as in those that MLflow makes. */
const place = '/opt/ml/model';
const port = 8080;
const usualPython = '3.12';
const npmInstall = 'npm install --omit=dev --ignore-scripts --no-audit --no-fund';

interface Base {
  readonly image: string;
  /** What the model needs, as instructions. */
  readonly environment: readonly string[];
  readonly envManager?: EnvManager;
  /** Packages of npm beside Modelyard's own. */
  readonly npm?: string;
}

/** What a model of Python is installed with in the image's own Python. */
export function needsOf({ model, mlflow }: ImageWish): PythonNeeds | undefined {
  if (!model || !Object.hasOwn(model.flavors, 'python_function')) return undefined;
  const needs = withMlflow(readNeeds(model.environment), model.mlflowVersion);
  return mlflow === undefined ? needs : { ...needs, requirements: [...needs.requirements, `mlflow==${mlflow}`] };
}

/**
 * The build's folder holds `modelyard/`, Modelyard's own files; with a model `model/`, and `requirements.txt` when that is
 * one of Python.
 */
export function dockerfile(wish: ImageWish): string {
  const base = baseOf(wish);
  const serve = ['modelyard', 'models', 'serve', '--model-uri', place, '--host', '0.0.0.0', '--port', String(port)];
  const entrypoint = base.envManager ? [...serve, '--env-manager', base.envManager] : serve;
  const java = wish.installJava ? [aptInstall('default-jre-headless')] : [];
  return `# Serves ${wish.model ? 'a model' : `the model that is mounted at ${place}`} with Modelyard ${packageJson.version}.
#
#   docker build -t NAME .
#   docker run -p 5001:${port} NAME
#
# More options of modelyard models serve, such as --workers 4, go behind NAME.

FROM node:22-slim AS modelyard
WORKDIR /opt/modelyard
COPY modelyard ./
RUN ${npmInstall}${base.npm === undefined ? '' : ` ${base.npm}`}

FROM ${base.image}
ENV PATH=/opt/modelyard/bin:$PATH
ENV XDG_CACHE_HOME=/opt/cache
${[...java, `COPY --from=modelyard /opt/modelyard /opt/modelyard`, ...(wish.model ? [`COPY model ${place}`] : []), ...base.environment].join('\n')}
EXPOSE ${port}
USER 65534:65534
ENTRYPOINT ${JSON.stringify(entrypoint)}
`;
}

function baseOf(wish: ImageWish): Base {
  const { model, envManager } = wish;
  const flavors = model?.flavors ?? { python_function: {} };
  if (Object.hasOwn(flavors, 'onnx')) {
    const range = packageJson.peerDependencies['onnxruntime-node'];
    return { image: 'debian:stable-slim', environment: [], npm: `"onnxruntime-node@${range}"` };
  }
  if (Object.hasOwn(flavors, 'crate')) {
    return { image: 'debian:stable-slim', environment: [aptInstall('r-base-core r-cran-jsonlite')] };
  }
  const needs = needsOf(wish);
  const image = `python:${/^\d+\.\d+$/.exec(needs?.python ?? '')?.[0] ?? usualPython}-slim`;
  if (!needs) {
    // The environment is made when a container starts: until then nobody knows the model.
    const environment = ['RUN pip install --no-cache-dir uv && mkdir -m 1777 /opt/cache'];
    return { image, environment, envManager: envManager ?? 'uv' };
  }
  if (envManager === 'conda') {
    return { image: 'condaforge/miniforge3:latest', environment: [prepareEnv('conda')], envManager };
  }
  if (envManager === 'uv' || envManager === 'virtualenv') {
    const environment = ['RUN pip install --no-cache-dir uv', prepareEnv(envManager)];
    return { image, environment, envManager };
  }
  // Lines may name files beside the model.
  const install = 'RUN pip install --no-cache-dir -r /opt/requirements.txt';
  const environment = ['COPY requirements.txt /opt/requirements.txt', `WORKDIR ${place}`, install];
  return { image, environment, envManager: 'local' };
}

function prepareEnv(manager: EnvManager): string {
  return `RUN UV_NO_CACHE=1 modelyard models prepare-env --model-uri ${place} --env-manager ${manager}`;
}

function aptInstall(packages: string): string {
  return `RUN apt-get update && apt-get install -y --no-install-recommends ${packages} && rm -rf /var/lib/apt/lists/*`;
}
