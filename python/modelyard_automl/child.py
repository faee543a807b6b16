"""The processes that the zygote has forked, and what these have started."""

import os
import signal
import time

LAST_WORDS = 20_000


class Child:
    def __init__(self, id: str, pid: int, events: int, output: int):
        self.id, self.pid, self.events, self.output = id, pid, events, output
        self.begin = time.monotonic()
        self.rest = b""
        self.is_over = False

    def read(self) -> bytes:
        """The lines that have come, whole; `is_over` when no more will."""
        pieces = [self.rest]
        try:
            while piece := os.read(self.events, 1 << 20):
                pieces.append(piece)
            self.is_over = True
        except BlockingIOError:
            pass
        lines, end, self.rest = b"".join(pieces).rpartition(b"\n")
        return lines + end

    def kill(self, number: int) -> None:
        """It and what it has started."""
        try:
            os.killpg(self.pid, number)
        except OSError:
            pass  # All of it has ended.

    def last_words(self) -> str:
        size = os.fstat(self.output).st_size
        return os.pread(self.output, LAST_WORDS, max(0, size - LAST_WORDS)).decode(errors="replace")

    def close(self) -> None:
        os.close(self.events)
        os.close(self.output)


def end_children(known: set[int]) -> None:
    """
    All but those. What a notebook has started and left behind, in a group of its own, has come to this process; and what
    that has started comes when it ends.
    """
    while left := children() - known:
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
            except OSError:
                return


def children() -> set[int]:
    try:
        with open(f"/proc/self/task/{os.getpid()}/children") as file:
            return {int(pid) for pid in file.read().split()}
    except OSError:
        return set()
