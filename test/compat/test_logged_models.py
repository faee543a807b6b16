"""Logged models: their life, tags, metrics, artifacts and search."""

from pathlib import Path

import mlflow
import pandas as pd
import pytest
from error_codes import code_of
from mlflow.entities import LoggedModelStatus, Metric


def test_life(client, experiment):
    model = mlflow.initialize_logged_model(
        name="net", params={"depth": "3"}, tags={"stage": "draft"}, model_type="agent"
    )
    assert model.status == LoggedModelStatus.PENDING
    assert model.model_id.startswith("m-")
    assert model.experiment_id == experiment.experiment_id
    assert model.artifact_location.startswith(f"mlflow-artifacts:/{experiment.experiment_id}/models/{model.model_id}/")
    ready = mlflow.finalize_logged_model(model.model_id, "READY")
    assert ready.status == LoggedModelStatus.READY
    assert ready.last_updated_timestamp >= ready.creation_timestamp
    stored = mlflow.get_logged_model(model.model_id)
    assert (stored.name, stored.params, stored.model_type) == ("net", {"depth": "3"}, "agent")
    assert stored.tags["stage"] == "draft"

    failed = mlflow.create_external_model(name="elsewhere", params={"a": "b"})
    assert failed.status == LoggedModelStatus.READY
    client.finalize_logged_model(failed.model_id, LoggedModelStatus.FAILED)
    assert client.get_logged_model(failed.model_id).status == LoggedModelStatus.FAILED


def test_tags_and_params(client, experiment):
    model = client.create_logged_model(experiment.experiment_id, name="tagged")
    client.set_logged_model_tags(model.model_id, {"a": "1", "b/c d": "2", "ä": "☃"})
    client.set_logged_model_tags(model.model_id, {"a": "3"})
    client.delete_logged_model_tag(model.model_id, "ä")
    tags = client.get_logged_model(model.model_id).tags
    assert (tags["a"], tags["b/c d"], "ä" in tags) == ("3", "2", False)
    assert code_of(client.delete_logged_model_tag, model.model_id, "none") == "RESOURCE_DOES_NOT_EXIST"
    mlflow.log_model_params({f"p{number}": str(number) for number in range(120)}, model.model_id)
    assert client.get_logged_model(model.model_id).params["p119"] == "119"


def test_metrics_of_a_model(client, experiment):
    dataset = mlflow.data.from_pandas(pd.DataFrame({"x": [1]}), name="held out")
    with mlflow.start_run() as run:
        model = mlflow.create_external_model(name="scored")
        mlflow.log_metric("accuracy", 0.5, step=1, model_id=model.model_id)
        mlflow.log_metric("accuracy", 0.75, step=2, model_id=model.model_id, dataset=dataset)
        mlflow.log_metrics({"f1": 0.6}, model_id=model.model_id, dataset=dataset)
    stored = mlflow.get_logged_model(model.model_id)
    assert stored.source_run_id == run.info.run_id
    metrics = {(metric.key, metric.dataset_name): metric.value for metric in stored.metrics}
    assert metrics[("accuracy", "held out")] == 0.75
    assert metrics[("f1", "held out")] == 0.6
    assert client.get_run(run.info.run_id).data.metrics == {"accuracy": 0.75, "f1": 0.6}
    metric = Metric("late", 1.0, 5, 1, model_id=model.model_id, run_id=run.info.run_id)
    client.log_batch(run.info.run_id, metrics=[metric])
    assert "late" in {metric.key for metric in client.get_logged_model(model.model_id).metrics}


def test_inputs_and_outputs_of_runs(client, experiment):
    with mlflow.start_run() as run:
        model = mlflow.create_external_model(name="made")
        mlflow.log_outputs([mlflow.entities.LoggedModelOutput(model.model_id, step=4)])
    with mlflow.start_run() as user:
        mlflow.log_input(model=mlflow.entities.LoggedModelInput(model.model_id))
    outputs = client.get_run(run.info.run_id).outputs.model_outputs
    assert (outputs[-1].model_id, outputs[-1].step) == (model.model_id, 4)
    assert [item.model_id for item in client.get_run(user.info.run_id).inputs.model_inputs] == [model.model_id]


@pytest.fixture
def models(client, experiment):
    """Ids of the models `a` to `d`, of rising accuracy on two datasets, and digests of those."""
    made = {}
    with mlflow.start_run():
        for number, name in enumerate("abcd"):
            model = mlflow.create_external_model(
                name=name, params={"depth": str(number)}, tags={"even": str(number % 2 == 0)}
            )
            data = mlflow.data.from_pandas(pd.DataFrame({"x": [number // 2]}), name=f"set{number // 2}")
            mlflow.log_metric("accuracy", number / 10, model_id=model.model_id, dataset=data)
            made[name] = model.model_id
            made[data.name] = data.digest
    return made


def test_search(client, experiment, models):
    def found(filter_string=None, order_by=(("name", True),), **options):
        order = [{"field_name": field, "ascending": ascending} for field, ascending in order_by]
        page = client.search_logged_models(
            [experiment.experiment_id], filter_string=filter_string, order_by=order, **options
        )
        return "".join(model.name for model in page)

    assert found() == "abcd"
    assert found(order_by=[("metrics.accuracy", False)]) == "dcba"
    assert found(order_by=[("creation_time", True), ("name", True)])[0] in "abcd"
    assert found("name = 'b'") == "b"
    assert found("name LIKE 'c%'") == "c"
    assert found("params.depth = '2'") == "c"
    assert found("params.depth IN ('1', '3')") == "bd"
    assert found("tags.even = 'True'") == "ac"
    assert found("tags.even != 'True'") == "bd"
    assert found("metrics.accuracy >= 0.1") == "bcd"
    assert found("metrics.accuracy > 0.1 AND metrics.accuracy < 0.3") == "c"
    assert found("creation_timestamp > 1700000000000 AND attributes.name != 'a'") == "bcd"
    set0 = {"dataset_name": "set0", "dataset_digest": models["set0"]}
    assert found("metrics.accuracy >= 0.1", datasets=[set0]) == "b"
    by_set = [{"field_name": "metrics.accuracy", "ascending": False, "dataset_name": "set1"}]
    assert "".join(
        model.name for model in client.search_logged_models([experiment.experiment_id], order_by=by_set)
    ).startswith("dc")
    for bad in ("bogus.x = '1'", "name >", "name = 'a' OR name = 'b'"):
        assert code_of(found, bad) == "INVALID_PARAMETER_VALUE", bad

    seen, token = "", None
    while True:
        order = [{"field_name": "name", "ascending": True}]
        page = client.search_logged_models([experiment.experiment_id], max_results=3, order_by=order, page_token=token)
        seen += "".join(model.name for model in page)
        token = page.token
        if not token:
            break
    assert seen == "abcd"
    assert len(mlflow.search_logged_models([experiment.experiment_id])) == 4
    listed = mlflow.search_logged_models(output_format="list", filter_string="name = 'a'")
    assert [model.model_id for model in listed] == [models["a"]]


def test_artifacts_of_a_model(client, experiment, tmp_path):
    model = mlflow.initialize_logged_model(name="files")
    (tmp_path / "weights #1").mkdir()
    (tmp_path / "weights #1" / "a+b.bin").write_bytes(b"\0\1\2")
    client.log_model_artifacts(model.model_id, str(tmp_path / "weights #1"))
    client.log_model_artifact(model.model_id, str(tmp_path / "weights #1" / "a+b.bin"))
    assert [item.path for item in client.list_logged_model_artifacts(model.model_id)] == ["a+b.bin"]
    down = mlflow.artifacts.download_artifacts(f"models:/{model.model_id}")
    assert (Path(down) / "a+b.bin").read_bytes() == b"\0\1\2"


def test_delete(client, experiment, models):
    client.delete_logged_model(models["b"])
    assert code_of(client.get_logged_model, models["b"]) == "RESOURCE_DOES_NOT_EXIST"
    left = client.search_logged_models([experiment.experiment_id])
    assert {model.name for model in left} == {"a", "c", "d"}
    assert code_of(client.get_logged_model, "m-" + "0" * 32) == "RESOURCE_DOES_NOT_EXIST"
    for bad in ("a/b", "a:b", "a%b", "a.b", 'a"b', "a'b"):
        assert code_of(client.create_logged_model, experiment.experiment_id, name=bad) == "INVALID_PARAMETER_VALUE", bad
