"""The server's REST API, as far as AutoML needs it."""

from __future__ import annotations

import base64
import json
import os
import shutil
import sys
import time
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urlencode, urlsplit, urlunsplit
from urllib.request import Request, urlopen

_DEFAULT = "http://127.0.0.1:5000"
_RETRIES = 6
_TIMEOUT = 300  # seconds: the first description of data may make an environment
_WORTH_ANOTHER = {429, 502, 503, 504}


class ServerError(RuntimeError):
    """What the server answered instead of success: ``error_code``, and a message that says what to do."""

    def __init__(self, message: str, error_code: str = "", status: int = 0) -> None:
        super().__init__(message)
        self.error_code = error_code
        #: Of HTTP; 0 when there was no answer.
        self.status = status


class Server:
    """A Modelyard server, by its address."""

    def __init__(self, tracking_uri: str | None = None) -> None:
        parts = urlsplit(tracking_uri or _tracking_uri())
        if parts.scheme not in ("http", "https"):
            raise ValueError(
                f"AutoML needs the address of a Modelyard server, such as {_DEFAULT}, not {parts.geturl()!r}. "
                "Set MLFLOW_TRACKING_URI, or give tracking_uri=."
            )
        host = parts.netloc.rpartition("@")[2]
        self.uri = urlunsplit((parts.scheme, host, parts.path.rstrip("/"), "", ""))
        #: With user and password, as clients of MLflow take it; ``uri`` may be shown.
        self.client_uri = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))
        self._headers = _credentials(parts.username, parts.password)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")

    @property
    def environment(self) -> dict[str, str]:
        """Of a program that works with this server."""
        given = {"MLFLOW_TRACKING_USERNAME": self._user, "MLFLOW_TRACKING_PASSWORD": self._password}
        return {**os.environ, "MLFLOW_TRACKING_URI": self.uri, **{name: value for name, value in given.items() if value}}

    def get(self, path: str, /, **query: Any) -> dict[str, Any]:
        """``path`` below ``/api/2.0/``."""
        given = urlencode({name: value for name, value in query.items() if value is not None})
        return self._json(self._request("GET", f"api/2.0/{path}?{given}"), again=True)

    def post(self, path: str, body: dict[str, Any], *, again: bool = False) -> dict[str, Any]:
        """``again``: it may be sent twice when the answer is lost."""
        request = self._request("POST", f"api/2.0/{path}", json.dumps(body).encode())
        request.add_header("Content-Type", "application/json")
        return self._json(request, again=again)

    @cached_property
    def searches(self) -> bool:
        """Whether it searches by itself; another MLflow server keeps runs and models alone."""
        try:
            return "modelyard_version" in self._json(self._request("GET", "api/3.0/mlflow/server-info"), again=True)
        except ServerError as error:
            if error.status in (404, 405, 501):
                return False
            raise

    def upload(self, file: Path) -> str:
        """Sends a data set; gives the address that a search takes."""
        with file.open("rb") as stream:
            request = self._request("PUT", f"api/2.0/modelyard/automl/data/{quote(file.name, safe='')}", stream)
            request.add_header("Content-Type", "application/octet-stream")
            request.add_header("Content-Length", str(file.stat().st_size))
            return str(self._json(request, again=False)["dataset"])

    def download(self, run_id: str, path: str, target: Path) -> None:
        """A file among the artifacts of a run."""
        request = self._request("GET", f"get-artifact?{urlencode({'run_id': run_id, 'path': path})}")
        with self._open(request, again=True) as answer, target.open("wb") as out:
            shutil.copyfileobj(answer, out)

    def _request(self, method: str, path: str, data: bytes | BinaryIO | None = None) -> Request:
        return Request(f"{self.uri}/{path}", data=data, headers=self._headers, method=method)  # type: ignore[arg-type]

    def _json(self, request: Request, *, again: bool) -> dict[str, Any]:
        with self._open(request, again=again) as answer:
            return dict(json.load(answer))

    def _open(self, request: Request, *, again: bool) -> Any:
        for attempt in range(_RETRIES):
            last = not again or attempt == _RETRIES - 1
            try:
                return urlopen(request, timeout=_TIMEOUT)  # noqa: S310 - http(s), checked above
            except HTTPError as error:
                if last or error.code not in _WORTH_ANOTHER:
                    raise _server_error(error) from None
            except (URLError, ConnectionError, TimeoutError) as error:
                if last:
                    reason = getattr(error, "reason", error)
                    raise ServerError(f"{self.uri} does not answer ({reason}). Is the server running?") from None
            time.sleep(0.2 * 2**attempt)
        raise AssertionError("unreachable")


def _tracking_uri() -> str:
    mlflow = sys.modules.get("mlflow")
    chosen = str(mlflow.get_tracking_uri()) if mlflow and hasattr(mlflow, "get_tracking_uri") else ""
    if chosen.startswith("http"):
        return chosen
    return os.environ.get("MLFLOW_TRACKING_URI") or _DEFAULT


def _credentials(user: str | None, password: str | None) -> dict[str, str]:
    token = os.environ.get("MLFLOW_TRACKING_TOKEN")
    name = unquote(user) if user else os.environ.get("MLFLOW_TRACKING_USERNAME")
    secret = unquote(password) if password else os.environ.get("MLFLOW_TRACKING_PASSWORD", "")
    if name:
        return {"Authorization": "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()}
    return {"Authorization": f"Bearer {token}"} if token else {}


def _server_error(error: HTTPError) -> ServerError:
    text = error.read().decode(errors="replace")
    try:
        body = json.loads(text)
        return ServerError(str(body["message"]), str(body.get("error_code", "")), error.code)
    except (ValueError, KeyError, TypeError):
        return ServerError(f"{error.url} answered {error.code}: {text[:500]}", status=error.code)
