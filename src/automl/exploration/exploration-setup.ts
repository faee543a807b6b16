import { pythonLiteral } from '../notebook/python-code.ts';
import { searchRunCode } from '../notebook/search-code.ts';
import type { SearchContext } from '../problem.ts';

export const setupImports = [
  'os',
  'warnings',
  'pathlib:Path',
  'matplotlib.pyplot as plt',
  'mlflow',
  'numpy as np',
  'pandas as pd',
];

export function setupCode(context: SearchContext, settings: string): string {
  return `warnings.filterwarnings("ignore", message="Glyph")  # letters that the font lacks are boxes
os.environ.setdefault("MLFLOW_TRACKING_URI", ${pythonLiteral(context.trackingUri)})
plt.rcParams.update({
    "axes.spines.top": False, "axes.spines.right": False, "axes.titlesize": "medium", "figure.dpi": 80, "font.size": 9,
    "axes.prop_cycle": plt.cycler(color=["#33658a", "#d1495b", "#66a182", "#edae49", "#86bbd8", "#8d6a9f"]),
})

${searchRunCode(context)}
${settings}
SEED = ${context.config.seed}`;
}
