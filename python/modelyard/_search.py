"""A search at work on the server: begun, followed to its end, read."""

from __future__ import annotations

import json
import math
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ._dataset import address_of
from ._local_search import search_here
from ._progress import Progress
from ._server import Server, ServerError
from ._words import LOWER_IS_BETTER, logged_as
from .summary import Alert, AutoMLSummary, Experiment, TrialInfo, distribution

_TAG = "modelyard.automl."
_LOOK = 1.0  # seconds


def run_search(server: Server, dataset: Any, config: dict[str, Any]) -> AutoMLSummary:
    """
    Runs a search to its end, on the server, or on this machine for a server that does not search; Ctrl-C ends it with the
    best so far.

    Raises ServerError with the reason when it failed or could not begin.
    """
    given = {name: value for name, value in config.items() if value is not None}
    if not server.searches:
        run_id = search_here(server, dataset, given)
        return summary_of(server, run_id, given)
    given["dataset"] = address_of(dataset, server)
    job = server.post("modelyard/automl/searches", {"config": given})["job"]
    progress = Progress(sys.stderr)
    progress.say(f"AutoML: {job['title']} ({server.uri}/jobs/{job['job_id']})")
    try:
        job = _followed(server, job, progress)
    except KeyboardInterrupt:
        progress.say("AutoML: stopping with the best so far; Ctrl-C again does not wait.")
        job = server.post(f"modelyard/jobs/{job['job_id']}/cancel", {}, again=True)["job"]
        job = _followed(server, job, progress)
    finally:
        progress.close()
    if job["state"] != "finished":
        raise ServerError(f"The search {job['state']}: {job.get('message') or 'see its log'}")
    return summary_of(server, job["run_id"], job["automl"])


def _followed(server: Server, job: dict[str, Any], progress: Progress) -> dict[str, Any]:
    while job["state"] in ("queued", "running"):
        time.sleep(_LOOK)
        job = server.get(f"modelyard/jobs/{job['job_id']}")["job"]
        if job["state"] == "queued":
            progress.show(f"waits in the queue at place {job.get('queue_position', 1)}")
        elif job.get("run_id"):
            progress.show(_words(server, job["run_id"]))
    return job


def _words(server: Server, run_id: str) -> str:
    run = server.get("mlflow/runs/get", run_id=run_id)["run"]
    tags = _pairs(run["data"].get("tags"))
    newest = server.post(
        "mlflow/runs/search",
        {
            "experiment_ids": [run["info"]["experiment_id"]],
            "filter": f"tags.mlflow.parentRunId = '{run_id}' AND tags.`{_TAG}role` = 'trial'",
            "order_by": ["attributes.start_time DESC"],
            "max_results": 1,
        },
        again=True,
    ).get("runs", [])
    number = _pairs(newest[0]["data"].get("tags")).get(f"{_TAG}trial", "?") if newest else "0"
    best = _metrics(run).get("best_so_far")
    left = float(tags.get(f"{_TAG}deadline", "nan")) / 1000 - time.time()
    parts = [
        tags.get(f"{_TAG}phase", "begins"),
        f"trial {number}",
        "" if best is None else f"best {best:.5g}",
        "" if math.isnan(left) else f"{max(0, round(left))} s left",
    ]
    return ", ".join(part for part in parts if part)


def summary_of(server: Server, run_id: str, config: dict[str, Any]) -> AutoMLSummary:
    """Reads a search that has ended. Raises ServerError when no trial has a score."""
    run = server.get("mlflow/runs/get", run_id=run_id)["run"]
    experiment_id = run["info"]["experiment_id"]
    found = server.get("mlflow/experiments/get", experiment_id=experiment_id)["experiment"]
    tags = _pairs(run["data"].get("tags"))
    metric = config["primary_metric"]
    score_name = f"val_{logged_as(metric, config['problem_type'])}"
    sign = 1 if metric in LOWER_IS_BETTER else -1
    ordered = sorted(
        _children(server, run_id, experiment_id),
        key=lambda one: (_rank(one), sign * _metrics(one).get(score_name, math.inf * sign)),
    )
    trials = [_trial(server, one, score_name) for one in ordered if score_name in _metrics(one)]
    if not trials:
        raise ServerError(tags.get(f"{_TAG}message") or "No trial of the search has a score.")
    best_id = tags.get(f"{_TAG}best_run")
    return AutoMLSummary(
        experiment=Experiment(
            experiment_id=experiment_id,
            name=found["name"],
            artifact_location=found.get("artifact_location", ""),
            lifecycle_stage=found.get("lifecycle_stage", ""),
            tags=_pairs(found.get("tags")),
        ),
        trials=trials,
        best_trial=next((one for one in trials if one.mlflow_run_id == best_id), trials[0]),
        metric_distribution=distribution([one.evaluation_metric_score or 0.0 for one in trials]),
        output_table_name=None,
        mlflow_run_id=run_id,
        url=f"{server.uri}/automl/{run_id}" if server.searches else _page(server, run["info"]),
        warnings=tags.get(f"{_TAG}warning", "").splitlines(),
        alerts=_alerts(server, run_id),
        _server=server,
    )


def _alerts(server: Server, run_id: str) -> list[Alert]:
    """What the profile of the data says; nothing where there is none."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "profile.json")
        try:
            server.download(run_id, "automl/profile.json", file)
        except ServerError as error:
            if error.status == 404:
                return []
            raise
        found = json.loads(file.read_text())["alerts"]
    return [Alert(one["name"], one["severity"], one["message"], list(one["columns"])) for one in found]


def _children(server: Server, run_id: str, experiment_id: str) -> list[dict[str, Any]]:
    query: dict[str, Any] = {
        "experiment_ids": [experiment_id],
        "filter": f"tags.mlflow.parentRunId = '{run_id}' AND tags.`{_TAG}role` = 'trial'",
        "max_results": 1000,
    }
    found: list[dict[str, Any]] = []
    while True:
        page = server.post("mlflow/runs/search", query, again=True)
        found += page.get("runs", [])
        if not page.get("next_page_token"):
            return found
        query["page_token"] = page["next_page_token"]


def _trial(server: Server, run: dict[str, Any], score_name: str) -> TrialInfo:
    info, tags, metrics = run["info"], _pairs(run["data"].get("tags")), _metrics(run)
    run_id, notebook = info["run_id"], f"{info['run_name']}.ipynb"
    models = run.get("outputs", {}).get("model_outputs", [])
    proposal = json.loads(tags.get(f"{_TAG}proposal", "{}"))
    settings = ", ".join(f"{name}={value!r}" for name, value in proposal.items())
    return TrialInfo(
        mlflow_run_id=run_id,
        notebook_path=notebook,
        notebook_url=_notebook_page(server, info, notebook),
        artifact_uri=f"runs:/{run_id}/{notebook}",
        metrics=metrics,
        params=_pairs(run["data"].get("params")),
        model_path=f"models:/{models[-1]['model_id']}" if models else None,
        model_description=f"{tags.get('estimator_name', '')}({settings})",
        duration=_duration(metrics.get("trial_seconds") or _seconds(info)),
        preprocessors=json.loads(tags.get(f"{_TAG}preprocessors", "[]")),
        evaluation_metric_score=metrics.get(score_name),
        _tracking_uri=server.client_uri,
    )


def _page(server: Server, info: dict[str, Any]) -> str:
    return f"{server.uri}/{'' if server.searches else '#/'}experiments/{info['experiment_id']}/runs/{info['run_id']}"


def _notebook_page(server: Server, info: dict[str, Any], notebook: str) -> str:
    path = f"?path={quote(notebook)}" if server.searches else f"/{quote(notebook)}"
    return f"{_page(server, info)}/artifacts{path}"


def _rank(run: dict[str, Any]) -> float:
    """At the end of a search its trials have ranks; failed ones never."""
    return float(_pairs(run["data"].get("tags")).get(f"{_TAG}rank", math.inf))


def _seconds(info: dict[str, Any]) -> float:
    return max(0.0, (float(info.get("end_time", info["start_time"])) - float(info["start_time"])) / 1000)


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} seconds" if seconds < 120 else f"{seconds / 60:.1f} minutes"


def _pairs(found: list[dict[str, str]] | None) -> dict[str, str]:
    return {one["key"]: one.get("value", "") for one in found or []}


def _metrics(run: dict[str, Any]) -> dict[str, float]:
    return {one["key"]: float(one["value"]) for one in run["data"].get("metrics", [])}
