"""Datasets as inputs of runs, and finding runs by them."""

import mlflow
import mlflow.data
import numpy as np
import pandas as pd
import pytest
import requests
from mlflow.entities import Dataset, DatasetInput, InputTag


@pytest.fixture
def logged(experiment):
    """Two runs: one trained on `iris`, one tested on `iris` and trained on an array."""
    frame = pd.DataFrame({"x": [1.0, 2.0, 3.0], "y": [0, 1, 0]})
    iris = mlflow.data.from_pandas(frame, source="s3://bucket/iris ä.csv", name="iris", targets="y")
    array = mlflow.data.from_numpy(np.arange(6).reshape(2, 3), name="array data")
    with mlflow.start_run(run_name="first") as first:
        mlflow.log_input(iris, context="training", tags={"split": "0.8"})
    with mlflow.start_run(run_name="second") as second:
        mlflow.log_inputs([iris, array], ["testing", "training"], [None, None])
    return first.info.run_id, second.info.run_id, iris


def test_inputs_come_back(client, logged):
    first, second, iris = logged
    [item] = client.get_run(first).inputs.dataset_inputs
    assert (item.dataset.name, item.dataset.digest) == ("iris", iris.digest)
    assert item.dataset.source_type == "s3"
    assert {tag.key: tag.value for tag in item.tags} == {"mlflow.data.context": "training", "split": "0.8"}
    assert mlflow.data.get_source(item.dataset).to_dict() == {"uri": "s3://bucket/iris ä.csv"}
    names = {item.dataset.name for item in client.get_run(second).inputs.dataset_inputs}
    assert names == {"iris", "array data"}


def test_same_input_twice_is_one(client, logged):
    first, _, iris = logged
    with mlflow.start_run(run_id=first):
        mlflow.log_input(iris, context="training")
    assert len(client.get_run(first).inputs.dataset_inputs) == 1


def test_search_runs_by_dataset(client, logged, experiment):
    first, second, iris = logged

    def found(filter_string):
        runs = client.search_runs([experiment.experiment_id], filter_string, order_by=["attributes.start_time"])
        return [run.info.run_id for run in runs]

    assert found("datasets.name = 'iris'") == [first, second]
    assert found("dataset.name = 'array data'") == [second]
    # The conditions need not meet in one dataset: the second run has this digest, and a training context elsewhere.
    assert found(f"datasets.digest = '{iris.digest}' AND datasets.context = 'training'") == [first, second]
    assert found("datasets.name = 'iris' AND datasets.context = 'testing'") == [second]
    assert found("datasets.name LIKE '%data'") == [second]
    assert found("datasets.name ILIKE 'IRIS'") == [first, second]
    assert found("datasets.name IN ('array data', 'none')") == [second]
    assert found("datasets.name = 'none'") == []


def test_log_inputs_in_plain_form(client, run, server):
    dataset = Dataset(name="plain", digest="d1", source_type="local", source="{}", schema="{}", profile="{}")
    client.log_inputs(run.info.run_id, [DatasetInput(dataset, [InputTag("mlflow.data.context", "eval")])])
    [item] = client.get_run(run.info.run_id).inputs.dataset_inputs
    assert (item.dataset.name, item.dataset.schema, item.tags[0].value) == ("plain", "{}", "eval")
    body = {"experiment_ids": [run.info.experiment_id]}
    # Only the browser's prefix has this route in MLflow.
    url = f"{server.url}/ajax-api/2.0/mlflow/experiments/search-datasets"
    summaries = requests.post(url, json=body, timeout=30).json()["dataset_summaries"]
    assert [(item["name"], item["digest"], item["context"]) for item in summaries] == [("plain", "d1", "eval")]
