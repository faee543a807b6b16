/** What a conda.yaml asks conda for, as requirements of pip, where a package has the same content there. */
import { readFileSync } from 'node:fs';
import { readYaml } from '../../common/yaml.ts';
import { ProjectError } from '../project-error.ts';

export interface CondaPackages {
  /** Such as `numpy==1.26.*`. */
  readonly requirements: readonly string[];
}

/** Names of PyPI that conda has too. */
const same = new Set(
  `altair bokeh boto3 click cloudpickle cryptography cython dask distributed fastapi flask gensim gunicorn hyperopt
  imbalanced-learn ipykernel ipython jinja2 joblib jupyter jupyterlab keras lightgbm lxml matplotlib mlflow
  mlflow-skinny networkx nltk notebook numba numpy onnx onnxruntime openpyxl optuna pandas pillow plotly polars prophet
  protobuf psutil psycopg2 pyarrow pydantic pymongo pyspark pytest python-dateutil pytz pyyaml requests scikit-image
  scikit-learn scipy seaborn sentence-transformers setuptools shap six sqlalchemy statsmodels sympy tensorboard
  tensorflow tokenizers torchvision tqdm transformers typing-extensions umap-learn uvicorn wheel xgboost`.split(/\s+/),
);
const others: Readonly<Record<string, string>> = {
  pytorch: 'torch',
  'py-xgboost': 'xgboost',
  'matplotlib-base': 'matplotlib',
  'dask-core': 'dask',
  'spacy-model-en_core_web_sm': 'en-core-web-sm',
};
/** Of the environment itself. */
const own = new Set(['python', 'pip']);

/** @throws ProjectError that names what pip cannot give */
export function condaPackages(file: string): CondaPackages {
  const parts = dependenciesOf(file).filter((part): part is string => typeof part === 'string');
  const asked = parts.map(packageOf).filter(({ name }) => !own.has(name));
  const missing = asked.filter(({ name }) => !same.has(name) && others[name] === undefined);
  if (missing.length > 0) {
    throw new ProjectError(
      `conda.yaml asks for ${missing.map(({ name }) => name).join(', ')}, which only conda gives, and there is no conda, mamba or micromamba in PATH. Install one of them, or run with --env-manager local in an environment that has all of it.`,
    );
  }
  return { requirements: asked.map(({ name, versions }) => `${others[name] ?? name}${versions}`) };
}

function dependenciesOf(file: string): readonly unknown[] {
  try {
    const { dependencies } = (readYaml(readFileSync(file, 'utf8'), 'conda.yaml') ?? {}) as { dependencies?: unknown };
    return Array.isArray(dependencies) ? dependencies : [];
  } catch (error) {
    if (error instanceof SyntaxError) throw new ProjectError(error.message);
    throw error;
  }
}

/** `numpy`, `numpy=1.26`, `numpy 1.26.*`, `conda-forge::numpy>=1.20,<2`, `numpy=1.26.4=py311_0`. */
function packageOf(text: string): { name: string; versions: string } {
  const [, name = text, rest = ''] = /^\s*(?:[^:]*::)?([\w.-]+)(?:\[[^\]]*\])?\s*(.*?)\s*$/.exec(text) ?? [];
  return { name: name.toLowerCase(), versions: versionsOf(rest) };
}

function versionsOf(text: string): string {
  const [version = ''] = /^={0,2}\s*[^=\s<>!~][^=\s]*/.exec(text) ?? [];
  if (text === '' || text === '*') return '';
  if (version === '') return text.replaceAll(/\s/g, '');
  const plain = version.replace(/^=+\s*/, '');
  const exact = version.startsWith('==') || plain.includes('*') || plain.includes(',');
  return /^\d/.test(plain) ? `==${plain}${exact || text.split('=').length > 2 ? '' : '.*'}` : `==${plain}`;
}
