"""Executes cells as a notebook's kernel does, and keeps their outputs as notebooks have them."""

import io
import sys
import types
from collections import deque

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

LONGEST_TEXT = 1_000_000
LARGEST_IMAGE = 1_000_000


class Outputs:
    """Those of the cell that runs."""

    def __init__(self):
        self.items: list[dict] = []

    def stream(self, name: str, text: str) -> None:
        if not text:
            return
        last = self.items[-1] if self.items else {}
        if last.get("name") != name:
            last = {"output_type": "stream", "name": name, "text": Text()}
            self.items.append(last)
        last["text"].add(text)

    def add(self, output: dict) -> None:
        output["data"] = {kind: value for kind, value in output["data"].items() if not is_too_large(kind, value)}
        self.items.append(output)

    def take(self) -> list[dict]:
        taken, self.items = self.items, []
        for one in taken:
            one.pop("display_id", None)
            if one["output_type"] == "stream":
                one["text"] = str(one["text"])
        return taken


class Text:
    """Its begin and its end, when it is long."""

    def __init__(self):
        self.begin: list[str] = []
        self.end: deque[str] = deque()
        self.begin_length = self.end_length = 0
        self.is_cut = False

    def add(self, text: str) -> None:
        room = LONGEST_TEXT // 2 - self.begin_length
        if room > 0:
            self.begin.append(text[:room])
            self.begin_length += len(self.begin[-1])
            text = text[room:]
        if text:
            self.end.append(text)
            self.end_length += len(text)
        while self.end and self.end_length - len(self.end[0]) > LONGEST_TEXT // 2:
            self.end_length -= len(self.end.popleft())
            self.is_cut = True

    def __str__(self) -> str:
        gap = ["\n[…]\n"] if self.is_cut else []
        return "".join([*self.begin, *gap, *self.end])


def is_too_large(kind: str, value) -> bool:
    return kind.startswith("image/") and len(value) > LARGEST_IMAGE


class Stream(io.TextIOBase):
    """What a cell prints."""

    encoding = "utf-8"

    def __init__(self, outputs: Outputs, name: str, number: int):
        self.outputs, self.name, self.number = outputs, name, number

    def write(self, text: str) -> int:
        self.outputs.stream(self.name, str(text))
        return len(text)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self.number


class Publisher(DisplayPublisher):
    outputs: Outputs

    def publish(self, data, metadata=None, *, transient=None, update=False, **_):
        output = {"output_type": "display_data", "data": dict(data), "metadata": metadata or {}}
        name = (transient or {}).get("display_id")
        shown = [one for one in self.outputs.items if name is not None and one.get("display_id") == name]
        if not update:
            self.outputs.add({**output, "display_id": name} if name else output)
        elif shown:
            shown[-1].update(data=output["data"], metadata=output["metadata"])

    def clear_output(self, wait=False):
        self.outputs.items.clear()


class Hook(DisplayHook):
    outputs: Outputs

    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        count = self.prompt_count
        output = {"output_type": "execute_result", "execution_count": count, "metadata": md_dict or {}}
        self.outputs.add({**output, "data": dict(format_dict)})


class Shell(InteractiveShell):
    display_pub_class = Type(Publisher)
    displayhook_class = Type(Hook)
    outputs: Outputs

    def _showtraceback(self, etype, evalue, stb):
        name, value = getattr(etype, "__name__", str(etype)), str(evalue)
        self.outputs.items.append({"output_type": "error", "ename": name, "evalue": value, "traceback": stb})

    def enable_gui(self, gui=None):
        """Figures are shown in the notebook."""


def make_shell() -> Shell:
    """The one of this process; notebooks live in `__main__`, so that functions of theirs are pickled by value."""
    main = types.ModuleType("__main__", "A notebook.")
    config = Config()
    config.HistoryManager.enabled = False
    shell = Shell.instance(config=config, user_module=main)
    outputs = Outputs()
    shell.outputs = shell.display_pub.outputs = shell.displayhook.outputs = outputs
    return shell


def show_in(shell: Shell) -> None:
    """What is printed from now on belongs to the cell that runs."""
    sys.stdout = Stream(shell.outputs, "stdout", 1)
    sys.stderr = Stream(shell.outputs, "stderr", 2)
