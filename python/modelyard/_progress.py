"""Tells how a search goes: on a terminal in one line that changes, else a line now and then."""

from __future__ import annotations

import shutil
import time
from typing import TextIO

_BETWEEN_LINES = 10.0  # seconds


class Progress:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._live = stream.isatty()
        self._shown = ""
        self._last = 0.0

    def say(self, text: str) -> None:
        self.close()
        self._stream.write(f"{text}\n")
        self._stream.flush()

    def show(self, text: str) -> None:
        if self._live:
            width = shutil.get_terminal_size().columns - 1
            self._stream.write(f"\r\x1b[K{text[:width]}")
        elif text == self._shown or time.monotonic() - self._last < _BETWEEN_LINES:
            return
        else:
            self._stream.write(f"AutoML: {text}\n")
        self._stream.flush()
        self._shown, self._last = text, time.monotonic()

    def close(self) -> None:
        if self._live and self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
        self._shown = ""
