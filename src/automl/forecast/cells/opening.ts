/** The beginning of every notebook about series: settings and data. */
import type { SearchContext } from '../../problem.ts';
import { section, type Part } from '../../notebook/part.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import { cacheCode, searchRunCode, trackingCode } from '../../notebook/search-code.ts';
import type { SeriesSetting } from '../series-setting.ts';

/** Percent of the values that are to lie within the band. */
const interval = 80;

export const openingImports = ['logging', 'os', 'warnings', 'pathlib:Path', 'mlflow', 'numpy as np', 'pandas as pd'];

export function settingsCode(context: SearchContext, setting: SeriesSetting): string {
  const covariates = `COVARIATES = ${pythonLiteral(setting.covariates)}  # known for the future\n`;
  return `${trackingCode(context)}
warnings.filterwarnings("ignore")
logging.getLogger("mlflow").setLevel(logging.ERROR)

${searchRunCode(context)}
TARGET = ${pythonLiteral(setting.target)}
TIME = ${pythonLiteral(setting.time)}
${setting.identity.length > 0 ? `IDENTITY = ${pythonLiteral(setting.identity)}  # name the series\n` : ''}HORIZON = ${setting.horizon}  # steps to forecast
FREQUENCY = ${pythonLiteral(setting.frequency)}  # length of a step, as pandas names it
SEASON = ${setting.season}  # steps
INTERVAL = ${interval}  # percent of the values that are to lie within the band of a forecast
${setting.covariates.length > 0 ? covariates : ''}SEED = ${context.config.seed}`;
}

/** Defines `data`, what models may learn from. */
export function loadPart(setting: SeriesSetting): Part {
  return section(
    'load',
    'Load the data',
    `${setting.series === 1 ? 'One series' : `${setting.series} series`}, one row for each step: \`series\`, \`ds\` (time), \`y\` (what is forecast; empty where nothing was observed)${
      setting.covariates.length > 0 ? ' and the covariates' : ''
    }. The steps of the test are kept apart.`,
    `${cacheCode}
data = pd.read_parquet(cache / "data" / "series.parquet")
${
  setting.identity.length > 0
    ? 'names = pd.read_parquet(cache / "data" / "names.parquet")  # by series: the values of the columns that name it\n'
    : ''
}data.tail()`,
    [],
  );
}

/** Defines `data`, and `test`: the steps after it, then those that are known by their covariates alone. */
export function loadAllPart(text: string): Part {
  return section(
    'load',
    'Load the data',
    text,
    `${cacheCode}
data = pd.read_parquet(cache / "data" / "series.parquet")
test = pd.read_parquet(cache / "data" / "test.parquet")
test.head()`,
    [],
  );
}
