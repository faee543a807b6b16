"""What the real MLflow client reads, as JSON: read_mlflow.py URI. Ids of experiments and places of files are left out."""

import json
import os
import sys

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"

import mlflow
from mlflow import MlflowClient
from mlflow.entities import ViewType

uri = sys.argv[1]
mlflow.set_tracking_uri(uri)
mlflow.set_registry_uri(uri)
client = MlflowClient()


def metric(point):
    return [repr(float(point.value)), point.timestamp, point.step]


def tags(found):
    return {key: value for key, value in found.items() if not key.startswith("modelyard.import.")}


def files(run_id, path=None):
    found = []
    for item in client.list_artifacts(run_id, path):
        found += files(run_id, item.path) if item.is_dir else [[item.path, item.file_size]]
    return sorted(found)


def below(uri):
    return (uri or "").split("/artifacts/")[-1]


def run_of(found):
    # A search does not tell which models went in.
    run = client.get_run(found.info.run_id)
    info, data = run.info, run.data
    is_deleted = info.lifecycle_stage == "deleted"
    return {
        "info": [info.run_id, info.run_name, info.user_id, info.status, info.start_time, info.end_time, info.lifecycle_stage],
        "params": data.params,
        "tags": tags(data.tags),
        "metrics": {key: sorted(map(metric, client.get_metric_history(info.run_id, key))) for key in data.metrics},
        "inputs": sorted([d.dataset.name, d.dataset.digest, d.dataset.source, d.dataset.schema, {t.key: t.value for t in d.tags}] for d in run.inputs.dataset_inputs),
        "models": [[m.model_id for m in run.inputs.model_inputs], [[m.model_id, m.step] for m in run.outputs.model_outputs]],
        "files": None if is_deleted else files(info.run_id),
    }


def experiment_of(e):
    runs, token = [], None
    while True:
        page = client.search_runs([e.experiment_id], run_view_type=ViewType.ALL, max_results=100, page_token=token)
        runs += page
        token = page.token
        if not token:
            break
    return {
        "info": [e.name, e.lifecycle_stage, None if e.name == "Default" else [e.creation_time, e.last_update_time], tags(e.tags)],
        "runs": sorted(map(run_of, runs), key=lambda r: r["info"][0]),
        "models": sorted(map(model_of, client.search_logged_models([e.experiment_id])), key=lambda m: m[0]),
    }


def model_of(m):
    metrics = sorted([x.key, *metric(x), x.run_id, x.dataset_name, x.dataset_digest] for x in m.metrics or [])
    return [m.model_id, m.name, m.model_type, m.source_run_id, str(m.status), m.creation_timestamp, m.last_updated_timestamp, m.tags, m.params, metrics]


def version_of(v):
    return [str(v.version), v.creation_timestamp, v.last_updated_timestamp, v.description or None, v.current_stage, below(v.source), v.run_id or None, str(v.status), v.tags, below(client.get_model_version_download_uri(v.name, v.version))]


def registered_of(m):
    versions = client.search_model_versions(f"name = '{m.name}'")
    return [m.name, m.description or None, m.creation_timestamp, m.last_updated_timestamp, m.tags, {k: str(v) for k, v in m.aliases.items()}, sorted(map(version_of, versions))]


experiments = [e for e in client.search_experiments(view_type=ViewType.ALL)]
registered = client.search_registered_models()
prompts = client.search_registered_models("tags.`mlflow.prompt.is_prompt` = 'true'")
print(
    json.dumps(
        {
            "experiments": sorted(map(experiment_of, experiments), key=lambda e: e["info"][0]),
            "registered": sorted(map(registered_of, registered)),
            "prompts": sorted([m.name, m.tags] for m in prompts),
        }
    )
)
