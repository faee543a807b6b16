/** The beginning of every notebook about series: settings and data. */
import type { SearchContext } from '../../problem.ts';
import { section, type Part } from '../../notebook/part.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import type { SeriesSetting } from '../series-setting.ts';

/** Percent of the values that are to lie between `lower` and `upper`. */
const interval = 80;

export const openingImports = ['logging', 'os', 'warnings', 'pathlib:Path', 'mlflow', 'numpy as np', 'pandas as pd'];

export function settingsCode(context: SearchContext, setting: SeriesSetting): string {
  const covariates = `COVARIATES = ${pythonLiteral(setting.covariates)}  # known for the future\n`;
  return `# Where results are logged
os.environ.setdefault("MLFLOW_TRACKING_URI", ${pythonLiteral(context.trackingUri)})
os.environ.setdefault("MLFLOW_EXPERIMENT_ID", ${pythonLiteral(context.experimentId)})
os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
warnings.filterwarnings("ignore")
logging.getLogger("mlflow").setLevel(logging.ERROR)

SEARCH_RUN = ${pythonLiteral(context.searchRunId)}  # the run of the search that wrote this notebook
HORIZON = ${setting.horizon}  # steps to forecast
FREQUENCY = ${pythonLiteral(setting.frequency)}  # length of a step, as pandas names it
SEASON = ${setting.season}  # steps
INTERVAL = ${interval}  # percent of the values that are to lie between lower and upper
${setting.covariates.length > 0 ? covariates : ''}SEED = ${context.config.seed}`;
}

const folderCode = `
cache = Path(os.environ.get("AUTOML_CACHE") or Path.home() / ".cache/modelyard/automl") / SEARCH_RUN
if not (cache / "data").exists():
    mlflow.artifacts.download_artifacts(run_id=SEARCH_RUN, artifact_path="data", dst_path=str(cache))
`.trim();

/** Defines `data`, what models may learn from. */
export function loadPart(setting: SeriesSetting): Part {
  return section(
    'load',
    'Load the data',
    `${setting.series === 1 ? 'One series' : `${setting.series} series`}, one row for each step: \`series\`, \`ds\` (time), \`y\` (what is forecast; empty where nothing was observed)${
      setting.covariates.length > 0 ? ' and the covariates' : ''
    }. The steps of the test are kept apart.`,
    `${folderCode}
data = pd.read_parquet(cache / "data" / "series.parquet")
data.tail()`,
    [],
  );
}

/** Defines `data`, and `test`: the steps after it, then those that are known by their covariates alone. */
export function loadAllPart(): Part {
  return section(
    'load',
    'Load the data',
    'The steps that the search has learnt from, and those after them that no model has seen.',
    `${folderCode}
data = pd.read_parquet(cache / "data" / "series.parquet")
test = pd.read_parquet(cache / "data" / "test.parquet")
test.head()`,
    [],
  );
}
