"""The run search as users type it: every operator, ordering with ties, pages, views and pandas."""

import math

import mlflow
import pandas as pd
import pytest
from error_codes import code_of
from mlflow.entities import Metric, Param, RunTag, ViewType


@pytest.fixture(scope="module")
def searched(server):
    """Five runs `a` to `e` in one experiment; `e` has neither metric nor param."""
    client = mlflow.MlflowClient(server.url)
    experiment_id = client.create_experiment("searched runs")
    for number, name in enumerate("abcde"):
        run = client.create_run(
            experiment_id, start_time=1000 + number, run_name=name, tags={"mlflow.user": f"user {name}"}
        )
        if name == "e":
            continue
        client.log_batch(
            run.info.run_id,
            [Metric("loss", [0.5, 0.25, 0.25, math.nan][number], 1, 0), Metric("a b/c", number, 1, 0)],
            [Param("model", ["Tree", "tree", "forest", "it's"][number]), Param("a.b c", str(number))],
            [RunTag("group", "xy"[number % 2]), RunTag("dot.ted", "v")],
        )
        client.set_terminated(
            run.info.run_id, ["FINISHED", "FAILED", "KILLED", "FINISHED"][number], end_time=5000 - number
        )
    return experiment_id


def names(client, experiment_id, filter_string="", order_by=("attributes.start_time ASC",), **options):
    runs = client.search_runs([experiment_id], filter_string, order_by=list(order_by), **options)
    return "".join(run.info.run_name for run in runs)


@pytest.mark.parametrize(
    ("filter_string", "expected"),
    [
        ("metrics.loss = 0.25", "bc"),
        ("metrics.loss != 0.25", "ad"),
        ("metrics.loss < 0.5", "bc"),
        ("metrics.loss <= 0.5", "abc"),
        ("metric.loss > 0.25", "a"),
        ("metrics.loss >= 2.5e-1 AND metrics.`a b/c` < 2", "ab"),
        ('metrics."a b/c" = 3', "d"),
        ("metrics.none > 0", ""),
        ("params.model = 'tree'", "b"),
        ("param.model != 'tree'", "acd"),
        ("params.model LIKE 'tr%'", "b"),
        ("params.model ILIKE 'TR_e'", "ab"),
        ('params.model = "it\'s"', "d"),
        ("params.model IS NULL", "e"),
        ("params.model IS NOT NULL", "abcd"),
        ("tags.group = 'x'", "ac"),
        ("tag.group != 'x'", "bd"),
        ("tags.`dot.ted` = 'v' and tags.group LIKE 'y'", "bd"),
        ("tags.dot.ted = 'v'", "abcd"),
        ("tags.group IS NULL", "e"),
        ("attributes.status = 'FINISHED'", "ad"),
        ("status != 'FINISHED'", "bce"),
        ("run_name = 'a'", "a"),
        ("attributes.`run name` ILIKE 'B' AND Created > 1000", "b"),
        ("attributes.`run_name` LIKE '_'", "abcde"),
        ("start_time > 1001", "cde"),
        ("attributes.end_time <= 4999 AND created >= 1002", "cd"),
        ("user_id = 'none'", ""),
        ("artifact_uri LIKE 'mlflow-artifacts:/%'", "abcde"),
        ("tags.mlflow.user = 'user c'", "c"),
        ("metrics.loss > 0.1 AND params.model ILIKE '%E%' AND tags.group = 'x' AND status = 'KILLED'", "c"),
        ("", "abcde"),
    ],
)
def test_filters(client, searched, filter_string, expected):
    assert names(client, searched, filter_string) == expected


@pytest.mark.parametrize(
    "filter_string",
    [
        "metrics.loss = '0.5'",
        "metrics.loss LIKE 'x'",
        "params.model > 'a'",
        "params.model = 5",
        "params.model = tree",
        "bogus.model = 'x'",
        "attributes.bogus = 'x'",
        "status = 'FINISHED' OR status = 'FAILED'",
        "status =",
        "= 'x'",
        "metrics.loss IS NULL AND",
        "params.model IN ()",
        "params.model IN ('forest')",
        "tags.group IN ('x', 'y')",
        "status IN ('KILLED', 'RUNNING')",
        "start_time = 'x'",
        "start_time LIKE '1'",
        "'x' = params.model",
        "(params.model = 'a'",
        "run_id > 'x'",
        "datasets.bogus = 'x'",
    ],
)
def test_bad_filters(client, searched, filter_string):
    assert code_of(names, client, searched, filter_string) == "INVALID_PARAMETER_VALUE"


def test_run_id_attribute(client, searched):
    runs = client.search_runs([searched], order_by=["start_time"])
    ids = [run.info.run_id for run in runs]
    assert names(client, searched, f"attributes.run_id = '{ids[1]}'") == "b"
    assert names(client, searched, f"run_id IN ('{ids[0]}', '{ids[4]}')") == "ae"
    assert names(client, searched, f"run_id NOT IN ('{ids[0]}', '{ids[4]}')") == "bcd"
    assert names(client, searched, f"run_id != '{ids[0]}'") == "bcde"


@pytest.mark.parametrize(
    ("order_by", "expected"),
    [
        (["start_time DESC"], "edcba"),
        (["metrics.loss ASC", "start_time ASC"], "bcade"),
        (["metrics.loss DESC", "start_time DESC"], "acbde"),
        (["metrics.loss"], "cbade"),
        (["params.model"], "acdbe"),
        (["params.`a.b c` DESC"], "dcbae"),
        (["tags.group", "attributes.start_time ASC"], "acbde"),
        (["attributes.status", "run_name DESC"], "bdace"),
        (["attributes.end_time ASC"], "dcbae"),
        (["metrics.`a b/c` DESC"], "dcbae"),
        ([], "edcba"),
    ],
)
def test_order(client, searched, order_by, expected):
    assert names(client, searched, order_by=order_by) == expected


@pytest.mark.parametrize("order_by", ["bogus.x", "metrics.loss UP", "attributes.bogus", "metrics.loss ASC DESC", ""])
def test_bad_order(client, searched, order_by):
    assert code_of(names, client, searched, order_by=[order_by]) == "INVALID_PARAMETER_VALUE"


def test_pages_of_a_few(client, searched):
    for order_by in (["start_time ASC"], ["metrics.loss ASC"], ["tags.group DESC"], []):
        whole = names(client, searched, order_by=order_by)
        seen, token = "", None
        while True:
            page = client.search_runs([searched], order_by=order_by, max_results=2, page_token=token)
            seen += "".join(run.info.run_name for run in page)
            token = page.token
            if not token:
                break
        assert seen == whole


def test_pages_of_more_than_a_thousand(client, unique):
    experiment_id = client.create_experiment(unique("many runs"))
    for number in range(1050):
        client.create_run(experiment_id, start_time=1000 + number)
    first = client.search_runs([experiment_id], order_by=["start_time ASC"])
    assert len(first) == 1000
    second = client.search_runs([experiment_id], order_by=["start_time ASC"], page_token=first.token)
    assert [run.info.start_time for run in [*first, *second]] == list(range(1000, 2050))
    assert not second.token
    assert len(mlflow.search_runs([experiment_id])) == 1050
    assert len(mlflow.search_runs([experiment_id], max_results=1001, output_format="list")) == 1001


def test_pandas(searched):
    frame = mlflow.search_runs([searched], order_by=["start_time ASC"])
    assert list(frame["tags.mlflow.runName"]) == list("abcde")
    assert {"run_id", "experiment_id", "status", "artifact_uri", "start_time", "end_time"} <= set(frame.columns)
    assert str(frame.start_time.dtype).startswith("datetime64[")
    assert list(frame["metrics.loss"].isna()) == [False, False, False, True, True]
    assert frame["params.model"].tolist()[:4] == ["Tree", "tree", "forest", "it's"]
    assert pd.isna(frame["params.model"].tolist()[4])
    assert pd.isna(frame.end_time.tolist()[4])
    by_name = mlflow.search_runs(experiment_names=["searched runs"], filter_string="metrics.loss > 0.3")
    assert len(by_name) == 1
    assert len(mlflow.search_runs(search_all_experiments=True, max_results=3)) == 3


def test_several_experiments_and_views(client, unique):
    ids = [client.create_experiment(unique("view")) for _ in range(2)]
    runs = [client.create_run(ids[number % 2], start_time=1000 + number, run_name=f"r{number}") for number in range(4)]
    client.delete_run(runs[0].info.run_id)

    def found(view):
        return [run.info.run_name for run in client.search_runs(ids, run_view_type=view, order_by=["start_time"])]

    assert found(ViewType.ACTIVE_ONLY) == ["r1", "r2", "r3"]
    assert found(ViewType.DELETED_ONLY) == ["r0"]
    assert found(ViewType.ALL) == ["r0", "r1", "r2", "r3"]
    assert client.search_runs([], max_results=1) == []
    assert client.search_runs(["987654321"]) == []
    assert code_of(client.search_runs, ids, max_results=50_001) == "INVALID_PARAMETER_VALUE"
    assert code_of(client.search_runs, ids, page_token="no token") == "INVALID_PARAMETER_VALUE"
