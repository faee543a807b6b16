"""The real Java client, org.mlflow:mlflow-client: the programs in java/ tell what they saw, the values are judged here."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCES = Path(__file__).parent / "java"
JARS = Path(__file__).resolve().parents[2] / ".cache" / "java" / "*"


@pytest.fixture(scope="module")
def classes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("classes")
    sources = [str(path) for path in sorted(SOURCES.glob("*.java"))]
    subprocess.run(["javac", "--release", "17", "-nowarn", "-cp", str(JARS), "-d", str(folder), *sources], check=True, timeout=120)
    return folder


@pytest.fixture
def play(server, classes, tmp_path, unique):
    def play(part):
        # The client's artifact calls start Python, which must find this mlflow.
        environment = {**os.environ, "MLFLOW_PYTHON_EXECUTABLE": sys.executable}
        answer = subprocess.run(
            # No blank in the name: the client encodes it in models:/ addresses, and Python takes it as it is.
            ["java", "-cp", f"{classes}{os.pathsep}{JARS}", "Probe", part, server.url, tmp_path, unique(f"java-{part}")],
            env=environment,
            timeout=180,
            capture_output=True,
            encoding="utf-8",
        )
        assert answer.returncode == 0, answer.stderr
        return json.loads(answer.stdout)

    return play


def test_tracking(client, play):
    seen = play("tracking")
    experiment_id, name, stage = seen["experiment"]
    assert stage == "active"
    assert seen["experiment tag"] == "blau & grün"
    assert seen["id by name"] == experiment_id
    assert seen["unknown name"] is False
    assert seen["found experiments"] == [f"{name} renamed"]
    assert seen["deleted experiment"] == "deleted"

    assert [seen["status before"], seen["status after"]] == ["RUNNING", "FAILED"]
    assert seen["end time"] == 1795230999999
    # As in MLflow the greatest number stands for infinity.
    assert {key: str(value) for key, value in seen["metrics"].items()} == {
        "loss": "0.25",
        "batch": "1e+300",
        "odd": "nan",
        "high": "1.7976931348623157e+308",
    }
    assert seen["params"] == {"lr": "0.1 <é>", "depth": "4"}
    assert seen["tags"].items() >= {"note": "of Java", "kind": "batch"}.items()
    assert "gone" not in seen["tags"]
    points = [[1, 0.5, 1795230572242], [2, 0.25, 1795230572243], [-3, 0.75, 1795230572243]]
    assert sorted(seen["history"]) == sorted(points)
    assert seen["history of nothing"] == 0
    # What Java wrote is the same for Python.
    assert client.get_run(seen["run"]).data.params == seen["params"]

    assert seen["fluent run again"] == seen["fluent run"]
    assert seen["fluent"] == ["FINISHED", 2, 3]
    assert [seen["first page"], seen["more"]] == [[6, 5, 4, 3], True]
    assert [seen["second page"], seen["still more"]] == [[2, 1], False]
    assert seen["all infos"] == 7
    assert [seen["deleted run"], seen["found deleted"], seen["restored run"]] == ["deleted", True, "active"]
    assert seen["unknown run"][0] == 404 and "RESOURCE_DOES_NOT_EXIST" in seen["unknown run"][1]
    assert seen["bad filter"][0] == 400 and "INVALID_PARAMETER_VALUE" in seen["bad filter"][1]


def test_artifacts(play):
    seen = play("artifacts")
    assert seen["listed"] == [["all/a b.txt", False, 10], ["all/in", True, 0]]
    assert seen["downloaded"] == ["of Java ä", "of Java ä"]


def test_registry(client, play):
    seen = play("registry")
    name, description, latest = seen["model"]
    assert [description, latest] == ["changed", 2]
    assert client.get_registered_model(name).description == "changed"
    assert seen["version"] == ["2", "Production", "READY"]
    assert seen["of the run"] is True
    assert seen["latest"] == ["2", "3"]
    assert seen["latest in Production"] == ["2"]
    assert [seen["first page"], seen["second page"]] == [["1", "2"], ["3"]]
    assert seen["download uri ends"] is True
    assert seen["downloaded"] == "the model"
