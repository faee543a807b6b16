"""What mlflow measures of the machine beside a run: batches of metrics from a thread of its own."""

import time

import mlflow
import pytest

CPU = "system/cpu_utilization_percentage"


@pytest.fixture
def measured(monkeypatch):
    """Turns measuring on, ten times a second instead of every ten seconds."""
    monkeypatch.setenv("MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING", "false")
    monkeypatch.setenv("MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL", "0.1")
    monkeypatch.setenv("MLFLOW_SYSTEM_METRICS_SAMPLES_BEFORE_LOGGING", "1")
    mlflow.enable_system_metrics_logging()


def wait_for_points(client, run_id, least):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        points = client.get_metric_history(run_id, CPU)
        if len(points) >= least:
            return points
        time.sleep(0.05)
    raise AssertionError(f"fewer than {least} points within 30 s")


def test_system_metrics(client, experiment, measured):
    with mlflow.start_run() as run:
        mlflow.log_metric("of the user", 1)
        wait_for_points(client, run.info.run_id, 3)
    stored = client.get_run(run.info.run_id)
    assert stored.info.status == "FINISHED"
    metrics = stored.data.metrics
    assert metrics["of the user"] == 1
    wanted = ["cpu_utilization_percentage", "system_memory_usage_megabytes", "disk_usage_percentage"]
    wanted += ["network_receive_megabytes", "network_transmit_megabytes"]
    assert {f"system/{name}" for name in wanted} <= metrics.keys()
    assert 0 < metrics["system/system_memory_usage_percentage"] <= 100

    points = client.get_metric_history(run.info.run_id, CPU)
    assert [point.step for point in points] == list(range(len(points)))
    # A run that is taken up again goes on after its last step.
    with mlflow.start_run(run_id=run.info.run_id):
        more = wait_for_points(client, run.info.run_id, len(points) + 2)
    assert [point.step for point in more] == list(range(len(more)))


def test_for_one_run_alone(client, experiment, measured):
    with mlflow.start_run(log_system_metrics=False) as run:
        time.sleep(0.3)
    assert client.get_run(run.info.run_id).data.metrics == {}
