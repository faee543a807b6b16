"""Requests in the form in which the Java and R clients send them, and what those need to find in the answers."""

import json

import pytest

# Where this server is kinder than MLflow: what MLflow answers, and what R's users need.
KINDER = {
    "transition-stage with FALSE": (400, 200),
    "registered-models/search by POST": (405, 200),
}


def ok(answer):
    """Both clients need a JSON body with status 200, also for an empty answer."""
    assert answer.status_code == 200, answer.text
    return answer.json()


def kinder(server, what):
    of_mlflow, of_ours = KINDER[what]
    return of_mlflow if server.is_mlflow else of_ours


@pytest.fixture
def run_id(server, run):
    return run.info.run_id


def test_java_bodies(server, run_id, run):
    """Pretty-printed protobuf JSON: int64 as strings, both ids of the run, HTML-safe escapes."""

    def post(path, text):
        return ok(server.call("POST", path, data=text.encode(), headers={"Content-Type": "application/json"}))

    both = f'"run_uuid": "{run_id}",\n  "run_id": "{run_id}",\n'
    assert (
        post(
            "runs/log-metric", f'{{\n  {both} "key": "m",\n "value": 0.5, "timestamp": "1795230572242", "step": "7"\n}}'
        )
        == {}
    )
    assert post("runs/log-metric", f'{{ {both} "key": "n", "value": "NaN", "timestamp": "1", "step": "0" }}') == {}
    assert (
        post(
            "runs/log-parameter",
            f'{{ {both} "key": "p", "value": "a \\u003d \\u0027b\\u0027 \\u0026 \\u003cc\\u003e" }}',
        )
        == {}
    )
    assert post("runs/set-tag", f'{{ {both} "key": "t", "value": "ä" }}') == {}
    assert post("runs/log-batch", f'{{ "run_id": "{run_id}" }}') == {}
    updated = post("runs/update", f'{{ {both} "status": "FINISHED", "end_time": "1795230572999" }}')
    assert updated["run_info"]["run_uuid"] == updated["run_info"]["run_id"] == run_id
    assert updated["run_info"]["end_time"] == 1795230572999
    data = ok(server.call("GET", f"runs/get?run_uuid={run_id}&run_id={run_id}"))["run"]["data"]
    metrics = {metric["key"]: metric for metric in data["metrics"]}
    assert metrics["m"] == {"key": "m", "value": 0.5, "timestamp": 1795230572242, "step": 7, **extra(metrics["m"])}
    assert metrics["n"]["value"] == "NaN"
    assert data["params"] == [{"key": "p", "value": "a = 'b' & <c>"}]
    found = post(
        "runs/search",
        f'{{ "experiment_ids": ["{run.info.experiment_id}"], "run_view_type": "ACTIVE_ONLY", "max_results": 1000,'
        ' "filter": "metrics.m \\u003d 0.5" }',
    )
    assert [item["info"]["run_id"] for item in found["runs"]] == [run_id]
    post("experiments/search", '{ "max_results": "2", "filter": "", "view_type": "ACTIVE_ONLY" }')
    history = ok(
        server.call("GET", f"metrics/get-history?run_uuid={run_id}&run_id={run_id}&metric_key=m&max_results=25000")
    )
    assert [metric["step"] for metric in history["metrics"]] == [7]
    assert not history.get("next_page_token")


def extra(metric):
    """Fields of newer servers, which both clients ignore."""
    return {key: value for key, value in metric.items() if key not in ("key", "value", "timestamp", "step")}


def test_r_bodies(server, run_id):
    """Every scalar is a string, and numbers are as R prints them: `1e+05` stands for an integer too."""

    def post(path, **body):
        return ok(server.call("POST", path, json=body))

    both = {"run_uuid": run_id, "run_id": run_id}
    for step, value in (
        ("3", "0.333333333333333"),
        ("1e+05", "1e+05"),
        ("4", "NaN"),
        ("5", "Infinity"),
        ("6", "-Infinity"),
    ):
        assert post("runs/log-metric", **both, key="m", value=value, timestamp="1.7e+12", step=step) == {}
    metrics = [{"key": "b", "value": "2.5", "step": "1", "timestamp": "1795231171622"}]
    assert post("runs/log-batch", run_id=run_id, metrics=metrics, params=[{"key": "p", "value": "1"}]) == {}
    updated = post("runs/update", **both, status="FAILED", end_time="1795231171999")
    assert updated["run_info"]["run_uuid"] == run_id
    history = ok(
        server.call("GET", f"metrics/get-history?run_uuid={run_id}&run_id={run_id}&metric_key=m&max_results=25000")
    )
    steps = {metric["step"]: metric for metric in history["metrics"]}
    assert set(steps) == {3, 4, 5, 6, 100_000}
    assert (steps[100_000]["value"], steps[100_000]["timestamp"]) == (1e5, 1_700_000_000_000)
    assert steps[4]["value"] == "NaN"
    assert "next_page_token" not in history or history["next_page_token"] != ""
    ok(server.call("POST", "experiments/search", json={"view_type": "ACTIVE_ONLY", "max_results": "1000"}))


def test_r_log_model(server, client, run_id):
    """The R client appends its models to a tag of the run."""
    for path in ("one", "two"):
        flavors = {"crate": {"version": "0.1", "model": "crate.bin"}}
        model = {"utc_time_created": "26-11-21T00:00:00", "run_id": run_id, "artifact_path": path, "flavors": flavors}
        ok(server.call("POST", "runs/log-model", json={"run_id": run_id, "model_json": json.dumps(model)}))
    history = json.loads(client.get_run(run_id).data.tags["mlflow.log-model.history"])
    assert [model["artifact_path"] for model in history] == ["one", "two"]


def test_registry_as_r_and_java_ask_it(server, run_id, run, unique):
    name = unique("from R")
    ok(server.call("POST", "registered-models/create", json={"name": name, "tags": [{"key": "a", "value": "b"}]}))
    for _ in range(2):
        source = f"{run.info.artifact_uri}/model"
        made = ok(server.call("POST", "model-versions/create", json={"name": name, "source": source, "run_id": run_id}))
    assert made["model_version"]["version"] == "2"
    ok(server.call("PATCH", "model-versions/update", json={"name": name, "version": "2", "description": "d"}))
    ok(server.call("PATCH", "registered-models/update", json={"name": name, "description": "d"}))
    stage = {"name": name, "version": "2", "stage": "Production"}
    ok(server.call("POST", "model-versions/transition-stage", json={**stage, "archive_existing_versions": False}))
    answer = server.call(
        "POST", "model-versions/transition-stage", json={**stage, "archive_existing_versions": "FALSE"}
    )
    assert answer.status_code == kinder(server, "transition-stage with FALSE")
    query = [("name", name), ("stages", "Production"), ("stages", "Staging")]
    latest = ok(server.call("GET", "registered-models/get-latest-versions", params=query))
    assert [version["version"] for version in latest["model_versions"]] == ["2"]
    answer = server.call("POST", "registered-models/search", json={"filter": f"name = '{name}'", "max_results": "100"})
    assert answer.status_code == kinder(server, "registered-models/search by POST")
    query = [("max_results", "1"), ("filter", f"name = '{name}'"), ("order_by", "version_number ASC")]
    page = ok(server.call("GET", "model-versions/search", params=query))
    assert [version["version"] for version in page["model_versions"]] == ["1"]
    query.append(("page_token", page["next_page_token"]))
    page = ok(server.call("GET", "model-versions/search", params=query))
    assert [version["version"] for version in page["model_versions"]] == ["2"]
    assert "next_page_token" not in page or page["next_page_token"] != ""
    # DELETE with a JSON body, answered by one.
    assert ok(server.call("DELETE", "model-versions/delete", json={"name": name, "version": "1"})) == {}
    assert ok(server.call("DELETE", "registered-models/delete", json={"name": name})) == {}


def test_java_query_encoding(server, client, unique):
    name = unique("java x ä/ö & 100% +x?")
    experiment_id = client.create_experiment(name)
    # `requests` writes a blank as `+`, like Java; R writes `%20`.
    found = ok(server.call("GET", "experiments/get-by-name", params={"experiment_name": name}))
    assert found["experiment"]["experiment_id"] == experiment_id
    missing = server.call("GET", "experiments/get-by-name?experiment_name=none%20of%20that%20name")
    assert (missing.status_code, missing.json()["error_code"]) == (404, "RESOURCE_DOES_NOT_EXIST")


def test_rows_have_one_set_of_fields(server, client, unique):
    """R binds the rows of a search into one table: a field may not be missing in some rows only."""
    ids = [client.create_experiment(unique("rows"), tags={"a": "b"} if tagged else None) for tagged in (True, False)]
    for number in range(4):
        run = client.create_run(ids[0], run_name="named" if number % 2 else None)
        if number == 3:
            client.set_terminated(run.info.run_id)
    runs = ok(server.call("POST", "runs/search", json={"experiment_ids": [ids[0]]}))
    # End times may be missing: R fills them in.
    fields = {frozenset(set(row["info"]) - {"end_time"}) for row in runs["runs"]}
    assert len(fields) == 1
    assert {"run_id", "run_uuid", "run_name", "experiment_id", "status", "start_time", "artifact_uri"} <= next(
        iter(fields)
    )
    assert set(runs) == {"runs"}
    experiments = ok(server.call("POST", "experiments/search", json={"max_results": "1000"}))["experiments"]
    scalars = {frozenset(key for key, value in row.items() if not isinstance(value, list)) for row in experiments}
    assert len(scalars) == 1
    assert not any(isinstance(value, dict) for row in experiments for value in row.values())
