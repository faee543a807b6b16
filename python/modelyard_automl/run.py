"""Runs a notebook in this process, a fork of the zygote, and tells of it cell by cell."""

import ctypes
import faulthandler
import json
import os
import signal
import sys
import tempfile

from .limits import be_first_to_go, die_with_parent, limit_memory, limit_threads
from .results import results_json
from .shell import Shell, show_in

OWN = __name__.split(".")[0]
OUT_OF_MEMORY = ("bad_alloc", "bad allocation", "unable to allocate", "cannot allocate", "out of memory", "memoryerror")


def run_notebook(request: dict, shell: Shell, parent: int, events: int, output: int) -> None:
    """
    Never returns.

    @param events where to write what happens, a JSON line each
    @param output file that takes what is written past Python's own streams
    """
    try:
        own_process(request, parent, output)
        with open(events, "w", encoding="utf-8") as out:
            Run(request, shell, out, output).execute()
        os._exit(0)
    except BaseException as error:
        os.write(output, f"{type(error).__name__}: {error}\n".encode())
        os._exit(1)


def own_process(request: dict, parent: int, output: int) -> None:
    os.setpgid(0, 0)
    die_with_parent(parent)
    os.nice(5)
    os.dup2(output, 1)
    os.dup2(output, 2)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # Where it was when it crashed.
    faulthandler.enable(2, all_threads=False)
    os.environ.update(request["environment"])
    # Looked up again: the environment may name another.
    tempfile.tempdir = None
    os.chdir(request["folder"])
    forget_own_package()
    limit_threads(request["threads"])
    limit_memory(request["memory"])
    be_first_to_go()


def stop(*_) -> None:
    # Of no use to who reads the notebook.
    __tracebackhide__ = True
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    raise KeyboardInterrupt("It was asked to end.")


def forget_own_package() -> None:
    """A notebook has public libraries alone."""
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    sys.path[:] = ["", *others(sys.path, folder)]
    os.environ["PYTHONPATH"] = os.pathsep.join(others(os.environ.get("PYTHONPATH", "").split(os.pathsep), folder))
    sys.argv = [""]
    for name in [one for one in sys.modules if one.split(".")[0] == OWN]:
        del sys.modules[name]


def others(paths: list[str], folder: str) -> list[str]:
    return [path for path in paths if path and os.path.abspath(path) != folder]


class Run:
    def __init__(self, request: dict, shell: Shell, out, output: int):
        self.request, self.shell, self.out, self.output = request, shell, out, output
        self.native_read = 0

    def tell(self, event: str, **values) -> None:
        self.out.write(json.dumps({"v": 1, "event": event, "id": self.request["id"], **values}) + "\n")
        self.out.flush()

    def execute(self) -> None:
        show_in(self.shell)
        for cell in self.request["cells"]:
            self.tell("cell", index=cell["index"])
            error = self.execute_cell(cell)
            if error is not None:
                self.tell("failed", index=cell["index"], **described(error))
                return
        self.tell("results", text=results_json(self.request["results"], self.shell.user_ns))

    def execute_cell(self, cell: dict) -> BaseException | None:
        count = self.shell.execution_count
        error = None
        try:
            result = self.shell.run_cell(cell["source"], store_history=True)
            error = result.error_before_exec or result.error_in_exec
        except BaseException as raised:
            # Such as the wish to end, between two statements of the shell itself.
            error = raised
        outputs = [*self.shell.outputs.take(), *self.native_output()]
        self.tell("executed", index=cell["index"], count=count, outputs=outputs)
        return error

    def native_output(self) -> list[dict]:
        """What libraries and programs wrote to the process's own output."""
        ctypes.CDLL(None).fflush(None)
        text = os.pread(self.output, 1_000_000, self.native_read).decode(errors="replace")
        self.native_read = os.fstat(self.output).st_size
        return [{"output_type": "stream", "name": "stderr", "text": text}] if text else []


def described(error: BaseException) -> dict:
    name, text = type(error).__name__, str(error)
    no_memory = isinstance(error, MemoryError) or any(one in f"{name} {text}".lower() for one in OUT_OF_MEMORY)
    return {"name": name, "message": text, "memory": no_memory}
