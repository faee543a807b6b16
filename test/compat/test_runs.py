"""A run's life: names, status, tags, params, deletion, nesting, and the errors a user can provoke."""

import mlflow
import pytest
from error_codes import code_of
from mlflow.entities import Metric, Param, RunStatus, RunTag, ViewType
from mlflow.utils.mlflow_tags import MLFLOW_PARENT_RUN_ID, MLFLOW_RUN_NAME


def test_create_and_update(client, experiment):
    run = client.create_run(
        experiment.experiment_id, start_time=1_700_000_000_123, tags={"a": "1"}, run_name="first name"
    )
    assert run.info.run_name == "first name"
    assert run.info.status == "RUNNING"
    assert run.info.start_time == 1_700_000_000_123
    assert run.info.end_time is None
    assert len(run.info.run_id) == 32
    assert run.info.artifact_uri == f"mlflow-artifacts:/{experiment.experiment_id}/{run.info.run_id}/artifacts"
    assert run.data.tags == {"a": "1", MLFLOW_RUN_NAME: "first name"}

    client.update_run(run.info.run_id, status="SCHEDULED", name="second name")
    stored = client.get_run(run.info.run_id)
    assert (stored.info.status, stored.info.run_name) == ("SCHEDULED", "second name")
    assert stored.data.tags[MLFLOW_RUN_NAME] == "second name"
    client.set_tag(run.info.run_id, MLFLOW_RUN_NAME, "third name")
    assert client.get_run(run.info.run_id).info.run_name == "third name"


def test_name_is_invented(client, experiment):
    names = {client.create_run(experiment.experiment_id).info.run_name for _ in range(5)}
    assert len(names) == 5
    assert all(name.count("-") == 2 for name in names)


@pytest.mark.parametrize("status", ["FINISHED", "FAILED", "KILLED"])
def test_terminate(client, run, status):
    client.set_terminated(run.info.run_id, status)
    stored = client.get_run(run.info.run_id).info
    assert stored.status == status
    assert RunStatus.is_terminated(RunStatus.from_string(stored.status))
    assert stored.end_time >= stored.start_time


def test_context_manager_sets_status(client, experiment):
    with mlflow.start_run(run_name="good", description="described", tags={"k": "v"}) as good:
        assert mlflow.active_run().info.run_id == good.info.run_id
    with pytest.raises(ZeroDivisionError), mlflow.start_run() as bad:
        mlflow.log_param("p", 1 / 0)
    assert client.get_run(good.info.run_id).info.status == "FINISHED"
    assert client.get_run(good.info.run_id).data.tags["mlflow.note.content"] == "described"
    assert client.get_run(bad.info.run_id).info.status == "FAILED"
    with mlflow.start_run(run_id=good.info.run_id):
        assert client.get_run(good.info.run_id).info.status == "RUNNING"
        mlflow.log_metric("later", 1)
    assert mlflow.last_active_run().info.run_id == good.info.run_id
    assert mlflow.get_run(good.info.run_id).data.metrics == {"later": 1.0}


def test_nested_runs(client, experiment):
    with mlflow.start_run(run_name="parent") as parent:
        children = []
        for number in range(3):
            with mlflow.start_run(run_name=f"child {number}", nested=True) as child:
                mlflow.log_param("number", number)
                mlflow.log_metric("score", number / 2)
                with mlflow.start_run(nested=True) as grandchild:
                    mlflow.log_metric("depth", 2)
            children.append(child.info.run_id)
    found = mlflow.search_runs(
        filter_string=f"tags.mlflow.parentRunId = '{parent.info.run_id}'", order_by=["metrics.score DESC"]
    )
    assert list(found.run_id) == children[::-1]
    assert list(found["params.number"]) == ["2", "1", "0"]
    assert client.get_run(grandchild.info.run_id).data.tags[MLFLOW_PARENT_RUN_ID] == children[2]
    assert client.get_parent_run(children[0]).info.run_id == parent.info.run_id
    assert client.get_parent_run(parent.info.run_id) is None


def test_params_are_immutable(client, run):
    run_id = run.info.run_id
    client.log_param(run_id, "lr", 0.1)
    client.log_param(run_id, "lr", 0.1)
    with pytest.raises(mlflow.MlflowException, match="Changing param values is not allowed") as caught:
        client.log_param(run_id, "lr", 0.2)
    assert caught.value.error_code == "INVALID_PARAMETER_VALUE"
    batch = [Param("new", "1"), Param("lr", "0.3")]
    assert code_of(client.log_batch, run_id, params=batch) == "INVALID_PARAMETER_VALUE"
    # A refused batch leaves nothing behind.
    assert client.get_run(run_id).data.params == {"lr": "0.1"}
    assert code_of(client.log_batch, run_id, params=[Param("x", "1"), Param("x", "2")]) == "INVALID_PARAMETER_VALUE"


def test_params_of_every_kind(client, run):
    values = {"none": None, "text": "ä ö ☃ 😀", "empty": "", "list": [1, 2], "flag": True, "path/with/slashes": 1}
    values["a b-c_d.e:f"] = "x" * 6000
    for key, value in values.items():
        client.log_param(run.info.run_id, key, value)
    assert client.get_run(run.info.run_id).data.params == {key: str(value) for key, value in values.items()}
    client.log_param(run.info.run_id, "long", "x" * 6001)
    assert client.get_run(run.info.run_id).data.params["long"] == "x" * 6000
    assert code_of(client.log_param, run.info.run_id, "k" * 251, "v") == "INVALID_PARAMETER_VALUE"
    for bad in ("", "a\nb", "../up", "/absolute", "a//b", "."):
        assert code_of(client.log_param, run.info.run_id, bad, "v") == "INVALID_PARAMETER_VALUE", bad


def test_tags(client, run):
    run_id = run.info.run_id
    before = client.get_run(run_id).data.tags
    client.set_tag(run_id, "t", "one")
    client.set_tag(run_id, "t", "two")
    client.set_tag(run_id, "u", 3)
    client.set_tag(run_id, "long", "x" * 8000)
    client.log_batch(run_id, tags=[RunTag("v", "1"), RunTag("v", "2")])
    assert client.get_run(run_id).data.tags == {**before, "t": "two", "u": "3", "long": "x" * 8000, "v": "2"}
    client.delete_tag(run_id, "t")
    assert "t" not in client.get_run(run_id).data.tags
    assert code_of(client.delete_tag, run_id, "t") == "RESOURCE_DOES_NOT_EXIST"
    assert code_of(client.set_tag, run_id, "k" * 251, "v") == "INVALID_PARAMETER_VALUE"


def test_delete_and_restore(client, run, experiment):
    run_id = run.info.run_id
    client.log_metric(run_id, "m", 1)
    client.delete_run(run_id)
    assert client.get_run(run_id).info.lifecycle_stage == "deleted"
    assert client.search_runs([experiment.experiment_id]) == []
    deleted = client.search_runs([experiment.experiment_id], run_view_type=ViewType.DELETED_ONLY)
    assert [item.info.run_id for item in deleted] == [run_id]
    assert len(client.search_runs([experiment.experiment_id], run_view_type=ViewType.ALL)) == 1
    for call in (
        lambda: client.log_metric(run_id, "m", 2),
        lambda: client.log_param(run_id, "p", 2),
        lambda: client.set_tag(run_id, "t", 2),
        lambda: client.log_batch(run_id, metrics=[Metric("m", 1, 1, 1)]),
        lambda: client.set_terminated(run_id),
    ):
        assert code_of(call) == "INVALID_PARAMETER_VALUE"
    client.restore_run(run_id)
    assert client.get_run(run_id).info.lifecycle_stage == "active"
    assert client.get_run(run_id).data.metrics == {"m": 1.0}


def test_limits_of_a_batch(client, run, server):
    run_id = run.info.run_id
    # The Python client splits batches by itself, so the limits show only in plain requests.
    metrics = [{"key": f"m{n}", "value": n, "timestamp": 1, "step": 0} for n in range(1001)]
    params = [{"key": f"p{n}", "value": "v"} for n in range(101)]
    for body in (
        {"metrics": metrics},
        {"params": params},
        {"tags": params},
        {"metrics": metrics[:901], "params": params[:100]},
    ):
        answer = server.call("POST", "runs/log-batch", json={"run_id": run_id, **body})
        assert (answer.status_code, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert client.get_run(run_id).data.metrics == {}
    assert server.call("POST", "runs/log-batch", json={"run_id": run_id, "metrics": metrics[:1000]}).json() == {}
    assert len(client.get_run(run_id).data.metrics) == 1000
    many = {f"split {n}": n for n in range(250)}
    with mlflow.start_run(run_id=run_id):
        mlflow.log_params(many)
    assert client.get_run(run_id).data.params == {key: str(value) for key, value in many.items()}


def test_runs_that_are_not_there(client, unique):
    missing = "0" * 32
    for call in (
        lambda: client.get_run(missing),
        lambda: client.log_metric(missing, "m", 1),
        lambda: client.log_param(missing, "p", 1),
        lambda: client.set_tag(missing, "t", 1),
        lambda: client.delete_run(missing),
        lambda: client.restore_run(missing),
        lambda: client.set_terminated(missing),
        lambda: client.list_artifacts(missing),
        lambda: client.create_run("987654321"),
    ):
        assert code_of(call) == "RESOURCE_DOES_NOT_EXIST"
