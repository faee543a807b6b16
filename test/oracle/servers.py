"""The two servers under comparison, and how a request is sent to one of them."""
import http.client
import json
import os
import pathlib
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[2]
START_SECONDS = 90
ANSWER_SECONDS = 30


@dataclass
class Answer:
    status: int
    headers: dict
    data: bytes

    @property
    def json(self):
        """The body as JSON, or None where it is something else."""
        try:
            return json.loads(self.data)
        except ValueError:
            return None


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """One server process with its own folder; `known` holds what its answers were asked to save."""

    def __init__(self, name, command, folder):
        self.name = name
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True)
        self.known = {}
        self.port = free_port()
        self._connection = None
        self._log = open(self.folder / "log", "wb")
        full = [
            *command, "server", "--host", "127.0.0.1", "--port", str(self.port),
            "--backend-store-uri", f"sqlite:///{self.folder}/m.db",
            "--artifacts-destination", str(self.folder / "artifacts"),
        ]
        if "mlflow" in command:
            full += ["--workers", "1"]
        environment = {
            **os.environ,
            "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
            "MLFLOW_DISABLE_TELEMETRY": "true",
            "DO_NOT_TRACK": "true",
            "PYTHONWARNINGS": "ignore",
        }
        self._process = subprocess.Popen(
            full, cwd=ROOT, env=environment, stdout=self._log, stderr=subprocess.STDOUT, start_new_session=True,
        )

    def wait(self):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise RuntimeError(f"{self.name} ended with {self._process.returncode}:\n{self.tail()}")
            try:
                if self.send("GET", "/health", None, {}).status == 200:
                    return self
            except OSError:
                pass
            time.sleep(0.1)
        raise RuntimeError(f"{self.name} did not answer within {START_SECONDS} s:\n{self.tail()}")

    def tail(self):
        self._log.flush()
        return (self.folder / "log").read_text(errors="replace")[-3000:]

    def send(self, method, path, data, headers):
        for last_try in (False, True):
            fresh = self._connection is None
            if fresh:
                self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
            try:
                self._connection.request(method, path, body=data, headers=headers)
                response = self._connection.getresponse()
                answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
                if response.will_close:
                    self._drop()
                return answer
            except TimeoutError:
                self._drop()
                raise
            except (OSError, http.client.HTTPException) as problem:
                # A kept connection the server has closed meanwhile: once more on a new one.
                self._drop()
                if fresh or last_try:
                    raise OSError(str(problem)) from problem
        raise AssertionError("unreachable")

    def _drop(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def play(self, request):
        path, data, headers = request.filled(self.known)
        answer = self.send(request.method, path, data, headers)
        for name, where in request.save.items():
            self.known[name] = dig(answer.json, where)
        return answer

    def stop(self):
        self._drop()
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(10)
        self._log.close()


def dig(value, where):
    """The value at a dotted place such as `runs.0.info.run_id`; a text saying so where there is none."""
    for step in where.split("."):
        try:
            value = value[int(step)] if isinstance(value, list) else value[step]
        except (KeyError, IndexError, TypeError, ValueError):
            return f"absent-{where}"
    return value


class Pair:
    """MLflow and the server compared with it, started at the same time."""

    def __init__(self):
        self.self_check = os.environ.get("ORACLE_SELF") == "1"
        mlflow = [sys.executable, "-m", "mlflow"]
        ours = mlflow if self.self_check else shlex.split(os.environ.get("MODELYARD_COMMAND", "bin/modelyard"))
        self._folder = tempfile.TemporaryDirectory(prefix="oracle-", ignore_cleanup_errors=True)
        self.both = []
        try:
            for name, command in (("mlflow", mlflow), ("ours", ours)):
                self.both.append(Server(name, command, pathlib.Path(self._folder.name) / name))
            for server in self.both:
                server.wait()
        except BaseException:
            self.stop()
            raise

    def play(self, request):
        """Both answers. Taking turns also keeps two writes to one server some milliseconds apart."""
        return [server.play(request) for server in self.both]

    def stop(self):
        for server in self.both:
            server.stop()
        self._folder.cleanup()
