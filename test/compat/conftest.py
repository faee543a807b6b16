"""Starts the server under test once and points the unmodified mlflow client at it.

MODELYARD_COMMAND names the server to test. With "python -m mlflow" the same tests run against MLflow itself, which is
how they were proven to ask for nothing that MLflow does not do.
"""

import os
import shlex
import signal
import socket
import subprocess
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).resolve().parents[2]
COMMAND = shlex.split(os.environ.get("MODELYARD_COMMAND", "bin/modelyard"))
START_SECONDS = 120
STOP_SECONDS = 30

# Set before mlflow is imported: a broken server must fail a test within seconds, not after minutes of retries.
os.environ.update(
    {
        "DO_NOT_TRACK": "true",
        "GIT_PYTHON_REFRESH": "quiet",
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
        "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
        "MLFLOW_HTTP_REQUEST_TIMEOUT": "60",
        "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
        "MPLBACKEND": "Agg",
        "NO_PROXY": "127.0.0.1,localhost",
    }
)

import mlflow  # noqa: E402
from mlflow import MlflowClient  # noqa: E402


@dataclass(frozen=True)
class Server:
    """The server under test; `is_mlflow` when it is MLflow itself."""

    url: str
    folder: Path
    is_mlflow: bool

    def call(self, method, path, **options):
        """Sends one plain request below /api/2.0/mlflow/, as clients in other languages do."""
        return requests.request(method, f"{self.url}/api/2.0/mlflow/{path}", timeout=60, **options)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_healthy(process, url, log):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            if requests.get(f"{url}/health", timeout=5).text == "OK":
                return
        except requests.ConnectionError:
            time.sleep(0.02)
    stop(process)
    pytest.exit(f"the server did not start: {shlex.join(process.args)}\n{log.read_text()}", returncode=1)


def stop(process):
    """A clean stop by SIGTERM; the whole process group goes, because MLflow starts workers of its own."""
    if process.poll() is not None:
        return process.returncode
    os.killpg(process.pid, signal.SIGTERM)
    try:
        return process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.wait(STOP_SECONDS)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    log = folder / "server.log"
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    arguments = ["server", "--host", "127.0.0.1", "--port", str(port)]
    arguments += ["--backend-store-uri", f"sqlite:///{folder}/m.db"]
    arguments += ["--artifacts-destination", str(folder / "artifacts")]
    command = COMMAND.copy()
    if "/" in command[0]:
        command[0] = str(ROOT / command[0])
    with log.open("w") as output:
        process = subprocess.Popen(
            command + arguments, cwd=folder, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    wait_until_healthy(process, url, log)
    yield Server(url, folder, any("mlflow" in word for word in COMMAND))
    stop(process)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """Adds the end of the server's log to a failed test."""
    report = (yield).get_result()
    server = getattr(item, "funcargs", {}).get("server")
    if report.failed and server is not None:
        lines = (server.folder / "server.log").read_text(errors="replace").splitlines()
        report.sections.append(("server log, its end", "\n".join(lines[-12:])))


@pytest.fixture(autouse=True)
def tracking(server, tmp_path, monkeypatch):
    """Every test runs in an empty folder against the server, with no run open and no autologging on."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MLFLOW_TRACKING_URI", server.url)
    mlflow.set_tracking_uri(server.url)
    yield
    mlflow.autolog(disable=True, silent=True)
    while mlflow.active_run():
        mlflow.end_run()


@pytest.fixture
def client(server):
    return MlflowClient(server.url)


@pytest.fixture
def unique():
    """Makes names that no other test has used on the shared server."""
    return lambda name: f"{name}-{uuid.uuid4().hex[:10]}"


@pytest.fixture
def experiment(unique, request):
    """A fresh experiment, set as the active one."""
    return mlflow.set_experiment(unique(request.node.name))


@pytest.fixture
def run(client, experiment):
    """A running run in a fresh experiment."""
    return client.create_run(experiment.experiment_id)
