"""Artifacts up and down through the server: every way to log one, names that break naive servers, and listing."""

import json
from pathlib import Path

import matplotlib.pyplot as plt
import mlflow
import numpy as np
import pandas as pd
import pytest
import requests
from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository
from PIL import Image

# A `#` and a sequence such as `%41` are missing here: the client itself refuses the one and decodes the other in
# every listing, whatever the server says.
ODD_NAMES = [
    "two blanks .txt",
    "ünïcode ☃ 😀.txt",
    "a+b.txt",
    "100%.txt",
    "50% + 50%.txt",
    "semi;colon,comma=equals&and.txt",
    "quote'single.txt",
    "(brackets)[square]{curly}.txt",
    "~tilde!@$^.txt",
    ".hidden",
    "no-extension",
    "page.html",
]


def paths(client, run_id, path=None):
    """Every file and folder below a path, with the size of files (MLflow leaves out the size of empty ones)."""
    found = {}
    for item in client.list_artifacts(run_id, path):
        found[item.path] = None if item.is_dir else item.file_size or 0
        if item.is_dir:
            found.update(paths(client, run_id, item.path))
    return found


def test_odd_names_up_and_down(client, run, tmp_path):
    run_id = run.info.run_id
    source = tmp_path / "up"
    for name in ODD_NAMES:
        path = source / "folder with + and %" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"content of {name}", encoding="utf-8")
    (source / "empty file").write_bytes(b"")
    client.log_artifacts(run_id, source)

    files = {f"folder with + and %/{name}": len(f"content of {name}".encode()) for name in ODD_NAMES}
    assert paths(client, run_id) == {"folder with + and %": None, "empty file": 0, **files}
    down = Path(client.download_artifacts(run_id, "", tmp_path))
    for name in files:
        assert (down / name).read_bytes() == (source / name).read_bytes(), name
    assert (down / "empty file").read_bytes() == b""
    for name in files:
        single = Path(client.download_artifacts(run_id, name))
        assert single.read_bytes() == (source / name).read_bytes(), name


def test_nested_folders(client, run, tmp_path):
    run_id = run.info.run_id
    for name in ("a.txt", "one/b.txt", "one/two/c.txt", "one/two/three/d.bin"):
        path = tmp_path / "tree" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    client.log_artifacts(run_id, tmp_path / "tree", "deep/down")
    client.log_artifact(run_id, tmp_path / "tree" / "a.txt", "deep")
    assert set(paths(client, run_id, "deep")) == {
        "deep/a.txt",
        "deep/down",
        "deep/down/a.txt",
        "deep/down/one",
        "deep/down/one/b.txt",
        "deep/down/one/two",
        "deep/down/one/two/c.txt",
        "deep/down/one/two/three",
        "deep/down/one/two/three/d.bin",
    }
    assert client.list_artifacts(run_id, "deep/a.txt") == []
    assert client.list_artifacts(run_id, "not there") == []
    down = Path(mlflow.artifacts.download_artifacts(f"runs:/{run_id}/deep/down/one"))
    assert sorted(path.relative_to(down).as_posix() for path in down.rglob("*.*")) == [
        "b.txt",
        "two/c.txt",
        "two/three/d.bin",
    ]
    listed = mlflow.artifacts.list_artifacts(f"runs:/{run_id}/deep/down")
    assert [(item.path, item.is_dir) for item in listed] == [("down/a.txt", False), ("down/one", True)]


def test_large_file_and_overwriting(client, run, tmp_path):
    run_id = run.info.run_id
    data = np.random.default_rng(1).bytes(24 * 1024 * 1024 + 17)
    path = tmp_path / "large.bin"
    path.write_bytes(data)
    client.log_artifact(run_id, path)
    assert paths(client, run_id) == {"large.bin": len(data)}
    (tmp_path / "down").mkdir()
    assert Path(client.download_artifacts(run_id, "large.bin", tmp_path / "down")).read_bytes() == data
    path.write_bytes(b"short now")
    client.log_artifact(run_id, path)
    assert Path(client.download_artifacts(run_id, "large.bin", tmp_path / "down")).read_bytes() == b"short now"


def test_log_and_load_values(client, experiment):
    figure, axes = plt.subplots()
    axes.plot([1, 2, 3])
    frame = pd.DataFrame({"question": ["a", "b"], "score": [0.5, 1.0]})
    with mlflow.start_run() as run:
        mlflow.log_dict({"a": [1, {"b": "ä"}]}, "values/data.json")
        mlflow.log_dict({"a": [1, 2]}, "values/data.yaml")
        mlflow.log_text("text with ☃\n", "values/note.txt")
        mlflow.log_figure(figure, "plots/figure.png")
        mlflow.log_image(Image.new("RGB", (8, 4), "red"), "images/pillow.png")
        mlflow.log_image(np.zeros((4, 8, 3), dtype=np.uint8), "images/numpy.png")
        mlflow.log_image(np.zeros((4, 8), dtype=np.uint8), key="at step", step=3)
        mlflow.log_table(frame, "table.json")
        mlflow.log_table({"question": ["c"], "score": [2.0]}, "table.json")
        base = run.info.artifact_uri
        plt.close(figure)
        assert mlflow.get_artifact_uri("x/y") == f"{base}/x/y"
    assert mlflow.artifacts.load_dict(f"{base}/values/data.json") == {"a": [1, {"b": "ä"}]}
    assert mlflow.artifacts.load_text(f"{base}/values/note.txt") == "text with ☃\n"
    assert mlflow.artifacts.load_image(f"{base}/images/pillow.png").size == (8, 4)
    assert mlflow.artifacts.load_image(f"{base}/images/numpy.png").size == (8, 4)
    assert mlflow.artifacts.load_image(f"{base}/plots/figure.png").format == "PNG"
    table = mlflow.load_table("table.json", run_ids=[run.info.run_id])
    assert list(table.question) == ["a", "b", "c"]
    assert list(table.score) == [0.5, 1.0, 2.0]
    # Images by step have names made of `%` signs; clients tell key and step from them.
    names = [item.path for item in client.list_artifacts(run.info.run_id, "images") if "step" in item.path]
    assert len(names) == 2
    for name in names:
        assert Path(client.download_artifacts(run.info.run_id, name)).stat().st_size > 0
    assert "mlflow.loggedArtifacts" in client.get_run(run.info.run_id).data.tags


def test_download_of_what_is_not_there(client, run, tmp_path):
    with pytest.raises(mlflow.MlflowException, match="(?i)failed to download|failures occurred"):
        client.download_artifacts(run.info.run_id, "none.txt", tmp_path)


def test_delete_through_the_repository(client, run, tmp_path):
    client.log_text(run.info.run_id, "a", "keep.txt")
    client.log_text(run.info.run_id, "b", "gone/one.txt")
    client.log_text(run.info.run_id, "c", "gone #2.txt")
    repository = get_artifact_repository(run.info.artifact_uri)
    repository.delete_artifacts("gone")
    repository.delete_artifacts("gone #2.txt")
    assert paths(client, run.info.run_id) == {"keep.txt": 1}


def test_get_artifact_for_the_browser(client, run, server):
    run_id = run.info.run_id
    client.log_text(run_id, "<h1>ä</h1>", "report/odd name+ä.html")
    client.log_dict(run_id, {"a": 1}, "data.json")
    query = {"run_id": run_id, "path": "report/odd name+ä.html"}
    answer = requests.get(f"{server.url}/get-artifact", params=query, timeout=30)
    assert answer.status_code == 200
    assert answer.content.decode() == "<h1>ä</h1>"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    answer = requests.get(f"{server.url}/get-artifact", params={"run_uuid": run_id, "path": "data.json"}, timeout=30)
    assert json.loads(answer.content) == {"a": 1}


@pytest.mark.parametrize("path", ["../other", "/etc/passwd", "a/../../b", "%2e%2e/other"])
def test_paths_that_leave_the_run(run, server, path):
    answers = [
        server.call("GET", "artifacts/list", params={"run_id": run.info.run_id, "path": path}),
        requests.get(f"{server.url}/api/2.0/mlflow-artifacts/artifacts", params={"path": path}, timeout=30),
        requests.get(f"{server.url}/get-artifact", params={"run_id": run.info.run_id, "path": path}, timeout=30),
    ]
    for answer in answers:
        assert (answer.status_code, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE"), answer.url


def test_a_client_that_would_rather_move_parts_goes_on_by_the_proxy(client, run, tmp_path, monkeypatch):
    monkeypatch.setenv("MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD", "true")
    monkeypatch.setenv("MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD", "true")
    monkeypatch.setenv("MLFLOW_ENABLE_MULTIPART_DOWNLOAD", "true")
    monkeypatch.setenv("MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE", "1000000")
    monkeypatch.setenv("MLFLOW_MULTIPART_DOWNLOAD_MINIMUM_FILE_SIZE", "1000000")
    source = tmp_path / "large.bin"
    source.write_bytes(bytes(range(256)) * 10_000)
    client.log_artifact(run.info.run_id, str(source))
    folder = tmp_path / "down"
    folder.mkdir()
    down = client.download_artifacts(run.info.run_id, "large.bin", str(folder))
    assert Path(down).read_bytes() == source.read_bytes()
