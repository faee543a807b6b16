/** Python that every notebook of a search has: where it logs, and where the prepared data lies. */
import type { SearchContext } from '../problem.ts';
import { pythonLiteral } from './python-code.ts';

/** Takes `os`. What the environment says goes before. */
export function trackingCode({ trackingUri, experimentId }: SearchContext): string {
  return `# Where results are logged
os.environ.setdefault("MLFLOW_TRACKING_URI", ${pythonLiteral(trackingUri)})
os.environ.setdefault("MLFLOW_EXPERIMENT_ID", ${pythonLiteral(experimentId)})`;
}

/** Defines `SEARCH_RUN`. */
export function searchRunCode({ searchRunId }: SearchContext): string {
  return `SEARCH_RUN = ${pythonLiteral(searchRunId)}  # the run of the search that wrote this notebook`;
}

/** Takes `os`, `Path`, `mlflow` and `SEARCH_RUN`; defines `cache`, below which `data/` lies. */
export const cacheCode = `
cache = Path(os.environ.get("AUTOML_CACHE") or Path.home() / ".cache/modelyard/automl") / SEARCH_RUN
if not (cache / "data").exists():
    mlflow.artifacts.download_artifacts(run_id=SEARCH_RUN, artifact_path="data", dst_path=str(cache))
`.trim();
