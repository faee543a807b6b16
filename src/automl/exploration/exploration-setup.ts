import { pythonLiteral } from '../notebook/python-code.ts';
import type { SearchContext } from '../problem.ts';

export const setupImports = ['os', 'pathlib:Path', 'matplotlib.pyplot as plt', 'mlflow', 'numpy as np', 'pandas as pd'];

export function setupCode({ trackingUri, searchRunId, config }: SearchContext, settings: string): string {
  return `os.environ.setdefault("MLFLOW_TRACKING_URI", ${pythonLiteral(trackingUri)})
plt.rcParams.update({
    "axes.spines.top": False, "axes.spines.right": False, "axes.titlesize": "medium", "figure.dpi": 80, "font.size": 9,
    "axes.prop_cycle": plt.cycler(color=["#33658a", "#d1495b", "#66a182", "#edae49", "#86bbd8", "#8d6a9f"]),
})

SEARCH_RUN = ${pythonLiteral(searchRunId)}  # the run of the search that wrote this notebook
${settings}
SEED = ${config.seed}`;
}

/** Defines `cache`, below which `data/` lies. */
export const cacheCode = `
cache = Path(os.environ.get("AUTOML_CACHE") or Path.home() / ".cache/modelyard/automl") / SEARCH_RUN
if not (cache / "data").exists():
    mlflow.artifacts.download_artifacts(run_id=SEARCH_RUN, artifact_path="data", dst_path=str(cache))
`.trim();
