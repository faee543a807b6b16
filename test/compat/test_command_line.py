"""mlflow's own command line against the server, as the Java and R clients call it for artifact bytes."""

import json
import os
import subprocess
import sys

from click.testing import CliRunner
from mlflow.cli import cli


def mlflow_cli(*arguments):
    """Runs one mlflow command in this process, which spares its seconds of start, and returns what it printed."""
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_experiments_and_runs(client, unique):
    name = unique("from the shell")
    mlflow_cli("experiments", "create", "--experiment-name", name)
    experiment = client.get_experiment_by_name(name)
    run = client.create_run(experiment.experiment_id, run_name="shell run")
    assert name in mlflow_cli("experiments", "search")
    assert "shell run" in mlflow_cli("runs", "list", "--experiment-id", experiment.experiment_id)
    described = json.loads(mlflow_cli("runs", "describe", "--run-id", run.info.run_id))
    assert described["info"]["run_id"] == run.info.run_id
    mlflow_cli("runs", "delete", "--run-id", run.info.run_id)
    assert client.get_run(run.info.run_id).info.lifecycle_stage == "deleted"
    mlflow_cli("experiments", "delete", "--experiment-id", experiment.experiment_id)
    assert client.get_experiment(experiment.experiment_id).lifecycle_stage == "deleted"


def test_artifacts(server, client, run, tmp_path):
    run_id = run.info.run_id
    (tmp_path / "a file.txt").write_text("of the shell")
    store = [sys.executable, "-m", "mlflow.store.artifact.cli"]
    environment = {**os.environ, "MLFLOW_TRACKING_URI": server.url}
    # The Java client starts this module, the R client the mlflow command.
    subprocess.run(
        [*store, "log-artifact", "--local-file", "a file.txt", "--run-id", run_id, "--artifact-path", "sub"],
        env=environment,
        check=True,
        timeout=120,
    )
    mlflow_cli("artifacts", "log-artifacts", "--local-dir", ".", "--run-id", run_id)
    listed = json.loads(mlflow_cli("artifacts", "list", "--run-id", run_id))
    assert [item["path"] for item in listed] == ["a file.txt", "sub"]
    mlflow_cli("artifacts", "download", "--run-id", run_id, "--artifact-path", "sub", "--dst-path", "down")
    assert (tmp_path / "down" / "sub" / "a file.txt").read_text() == "of the shell"
