"""Metric histories: order, duplicates, values JSON cannot name, the latest value, and asynchronous logging."""

import math

import mlflow
import numpy as np
from error_codes import code_of
from mlflow.entities import Metric, Param, RunTag


def points(client, run_id, key):
    return [(metric.step, metric.timestamp, metric.value) for metric in client.get_metric_history(run_id, key)]


def test_history_of_ten_thousand_points(client, run):
    run_id = run.info.run_id
    wanted = [(step, 1_700_000_000_000 + step, math.sin(step / 100)) for step in range(10_000)]
    for start in range(0, len(wanted), 1000):
        batch = [Metric("loss", value, timestamp, step) for step, timestamp, value in wanted[start : start + 1000]]
        client.log_batch(run_id, metrics=batch)
    assert points(client, run_id, "loss") == wanted
    assert client.get_run(run_id).data.metrics == {"loss": wanted[-1][2]}


def test_history_by_pages(client, run, server):
    run_id = run.info.run_id
    client.log_batch(run_id, metrics=[Metric("m", float(n), n, n) for n in range(25)])
    seen, query = [], {"run_id": run_id, "metric_key": "m", "max_results": 10}
    for _ in range(3):
        page = server.call("GET", "metrics/get-history", params=query).json()
        seen += [metric["step"] for metric in page["metrics"]]
        query["page_token"] = page.get("next_page_token")
    assert seen == list(range(25))
    assert "next_page_token" not in page or page["next_page_token"] == ""


def test_nan_and_infinity(client, run):
    run_id = run.info.run_id
    for step, value in enumerate([1.0, math.nan, math.inf, -math.inf]):
        client.log_metric(run_id, "odd", value, timestamp=1000 + step, step=step)
    client.log_batch(run_id, metrics=[Metric("nan", math.nan, 1, 0), Metric("inf", math.inf, 1, 0)])
    history = points(client, run_id, "odd")
    assert [step for step, _, _ in history] == [0, 1, 2, 3]
    values = [value for _, _, value in history]
    assert values[0] == 1.0
    assert math.isnan(values[1])
    # MLflow's databases have no infinity: it becomes the largest double.
    assert values[2] >= np.finfo(float).max
    assert values[3] <= -np.finfo(float).max
    latest = client.get_run(run_id).data.metrics
    assert math.isnan(latest["nan"])
    assert latest["inf"] >= np.finfo(float).max


def test_latest_is_by_step_then_time_then_value(client, run):
    run_id = run.info.run_id

    def latest_after(value, timestamp, step):
        client.log_metric(run_id, "m", value, timestamp=timestamp, step=step)
        return client.get_run(run_id).data.metrics["m"]

    assert latest_after(1.0, 100, 5) == 1.0
    assert latest_after(2.0, 900, 4) == 1.0
    assert latest_after(3.0, 99, 5) == 1.0
    assert latest_after(4.0, 101, 5) == 4.0
    assert latest_after(3.5, 101, 5) == 4.0
    assert latest_after(5.0, 101, 5) == 5.0
    assert latest_after(-1.0, 1, 6) == -1.0


def test_negative_steps_old_times_and_repeats(client, run):
    run_id = run.info.run_id
    for _ in range(2):
        client.log_metric(run_id, "m", 1.5, timestamp=0, step=-3)
        client.log_metric(run_id, "m", -0.0, timestamp=1, step=2**40)
    # The same point twice is one point.
    assert sorted(points(client, run_id, "m")) == [(-3, 0, 1.5), (2**40, 1, 0.0)]
    assert client.get_metric_history(run_id, "none") == []


def test_values_keep_every_bit(client, run):
    values = {"tenth": 0.1, "third": 1 / 3, "tiny": 5e-324, "huge": 1.7976931348623157e308, "int": 2**53, "neg": -1e-7}
    with mlflow.start_run(run_id=run.info.run_id):
        mlflow.log_metrics(values, step=7)
        mlflow.log_metric("numpy", np.float32(0.1))
        mlflow.log_metric("a key/with.all-the_signs: ok", True)
    stored = client.get_run(run.info.run_id).data.metrics
    assert stored == {**values, "numpy": float(np.float32(0.1)), "a key/with.all-the_signs: ok": 1.0}


def test_asynchronous_logging(client, experiment):
    with mlflow.start_run() as run:
        futures = [mlflow.log_metric("slow", n, step=n, synchronous=False) for n in range(200)]
        futures.append(mlflow.log_metrics({"a": 1, "b": 2}, step=3, synchronous=False))
        futures.append(mlflow.log_params({"p": 1, "q": 2}, synchronous=False))
        futures.append(mlflow.set_tags({"t": 1}, synchronous=False))
        mlflow.flush_async_logging()
    for future in futures:
        future.wait()
    stored = client.get_run(run.info.run_id).data
    assert stored.metrics == {"slow": 199.0, "a": 1.0, "b": 2.0}
    assert stored.params == {"p": "1", "q": "2"}
    assert stored.tags["t"] == "1"
    assert [step for step, _, _ in sorted(points(client, run.info.run_id, "slow"))] == list(range(200))


def test_log_batch_of_everything(client, run):
    run_id = run.info.run_id
    client.log_batch(
        run_id,
        metrics=[Metric("m", n, 5, n) for n in range(500)],
        params=[Param(f"p{n}", str(n)) for n in range(100)],
        tags=[RunTag(f"t{n}", str(n)) for n in range(100)],
    )
    client.log_batch(run_id)
    stored = client.get_run(run_id).data
    assert stored.metrics == {"m": 499.0}
    assert len(stored.params) == 100
    assert stored.tags["t99"] == "99"


def test_bad_metrics(client, run):
    run_id = run.info.run_id
    assert code_of(client.log_metric, run_id, "k" * 251, 1) == "INVALID_PARAMETER_VALUE"
    assert code_of(client.log_metric, run_id, "", 1) == "INVALID_PARAMETER_VALUE"
    assert code_of(client.log_metric, run_id, "a\nb", 1) == "INVALID_PARAMETER_VALUE"
    assert client.get_run(run_id).data.metrics == {}
