"""The engine of the low-code steps: ``modelyard automl session``, a process that is spoken to in lines of JSON."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from ._program import EngineError, program
from ._progress import Progress
from ._server import Server

_LAST_WORDS = 2000  # characters of its error output


class Engine:
    """Raises EngineError when it cannot start, or the data is refused."""

    def __init__(self, config: dict[str, Any], server: Server) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="modelyard-session-"))
        self._progress = Progress(sys.stderr)
        self._last = 0
        file = self._folder / "config.json"
        file.write_text(json.dumps(config))
        self._log = (self._folder / "log").open("w+b")
        self._process = subprocess.Popen(  # noqa: S603 - an argument list
            [program(), "automl", "session", f"--config-file={file}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            env=server.environment,
            # Ctrl-C is for the step, and told to it.
            start_new_session=True,
        )
        self.run_id = ""
        self.experiment_id = ""
        self.profile: dict[str, Any] = {}
        while self._line().get("event") != "ready":
            pass
        self._progress.close()

    @property
    def is_open(self) -> bool:
        return self._process.poll() is None

    def ask(self, do: str, **more: Any) -> Any:
        """One step; Ctrl-C ends it, and the session goes on."""
        self._last += 1
        self._send({"id": self._last, "do": do, **more})
        interrupted = False
        while True:
            try:
                answer = self._line()
            except KeyboardInterrupt:
                if interrupted:
                    raise
                interrupted = True
                self._send({"do": "interrupt"})
                continue
            if answer.get("id") == self._last:
                break
        self._progress.close()
        if interrupted:
            raise KeyboardInterrupt
        if "error" in answer:
            raise EngineError(str(answer["error"]))
        return answer.get("result")

    def close(self) -> None:
        """Ranks what was made, and ends."""
        try:
            if self.is_open:
                self.ask("end")
                self._process.stdin.close()  # type: ignore[union-attr]
                self._process.wait(timeout=60)
        except (EngineError, OSError, subprocess.TimeoutExpired):
            self._process.kill()
        finally:
            self._log.close()
            shutil.rmtree(self._folder, ignore_errors=True)

    def _send(self, request: dict[str, Any]) -> None:
        try:
            self._process.stdin.write(json.dumps(request) + "\n")  # type: ignore[union-attr]
            self._process.stdin.flush()  # type: ignore[union-attr]
        except OSError:
            raise self._ended() from None

    def _line(self) -> dict[str, Any]:
        line = self._process.stdout.readline()  # type: ignore[union-attr]
        if not line:
            raise self._ended()
        message = dict(json.loads(line))
        event = message.get("event")
        if event == "failed":
            raise EngineError(message["text"])
        if event == "begun":
            self.run_id, self.experiment_id = message["run_id"], message["experiment_id"]
            self._progress.say(f"AutoML: {message['address']}")
        elif event == "profile":
            self.profile = message["profile"]
        elif event == "note":
            self._progress.say(f"AutoML: {message['text']}")
        elif event in ("step", "began"):
            self._progress.show(message.get("text") or f"{message['name']} is made")
        return message

    def _ended(self) -> EngineError:
        self._log.seek(0)
        said = self._log.read().decode(errors="replace").strip()[-_LAST_WORDS:]
        return EngineError(f"The engine ended. {said}".strip())
