"""A process that has imported the libraries, and forks one that runs a notebook whenever it is asked to."""

import gc
import importlib
import os
import selectors
import signal
import sys
import tempfile
import time
import traceback

from .child import Child, end_children
from .limits import adopt_orphans, die_with_parent, live_without_parent
from .lines import Refused, own_output, read_message, write_all, write_message

class Zygote:
    def __init__(self, source: int, out: int):
        self.source, self.out = source, out
        self.rest = b""
        self.children: dict[str, Child] = {}
        self.shell = None
        self.selector = selectors.PollSelector()
        wake, woken = os.pipe()
        os.set_blocking(woken, False)
        os.set_blocking(wake, False)
        self.wake = wake
        signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.selector.register(source, selectors.EVENT_READ, self.take_requests)
        self.selector.register(wake, selectors.EVENT_READ, self.take_ended)

    def serve(self) -> None:
        while True:
            for key, _ in self.selector.select():
                key.data()

    def tell(self, event: str, **values) -> None:
        write_message(self.out, event, **values)

    def take_requests(self) -> None:
        piece = os.read(self.source, 1 << 20)
        if not piece:
            self.end(0)
        *lines, self.rest = (self.rest + piece).split(b"\n")
        for line in lines:
            try:
                self.take(read_message(line))
            except Refused as refused:
                self.tell("refused", message=str(refused))
                self.end(2)

    def take(self, request: dict) -> None:
        if request["op"] == "start":
            self.start(request)
        elif request["op"] == "run":
            self.run(request)
        elif request["op"] == "signal" and request["id"] in self.children:
            self.children[request["id"]].kill(signal.Signals[request["signal"]])

    def start(self, request: dict) -> None:
        begin = time.monotonic()
        missing = {}
        for name in ["IPython", "threadpoolctl", *request["imports"]]:
            try:
                importlib.import_module(name)
            except Exception as error:
                missing[name] = f"{type(error).__name__}: {error}"
        if missing:
            said = "; ".join(f"{name} ({reason})" for name, reason in missing.items())
            self.tell("unusable", message=f"{sys.executable} cannot import {said}.")
            self.end(1)
        from . import run as _
        from .shell import make_shell
        from .warm_up import warm_up

        self.shell = make_shell()
        try:
            warm_up(self.shell)
            exec(request["warm_up"], {"__name__": "warm_up"})
            self.shell.reset(new_session=True)
        except Exception as error:
            self.tell("unusable", message=f"{sys.executable} cannot be used: {type(error).__name__}: {error}")
            self.end(1)
        gc.collect()
        # What is there is not looked at again, nor copied for it.
        gc.freeze()
        # From now on it hears of that by its input, and ends what notebooks have started too.
        live_without_parent()
        self.tell("ready", seconds=time.monotonic() - begin)

    def run(self, request: dict) -> None:
        events, told = os.pipe()
        with tempfile.TemporaryFile() as file:
            output = os.dup(file.fileno())
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            self.leave(events)
            from .run import run_notebook

            run_notebook(request, self.shell, parent, told, output)
        # Here too: whoever is sooner.
        try:
            os.setpgid(pid, pid)
        except OSError:
            pass
        os.close(told)
        os.set_blocking(events, False)
        child = Child(request["id"], pid, events, output)
        self.children[child.id] = child
        self.selector.register(events, selectors.EVENT_READ, lambda: self.relay(child))
        self.tell("started", id=child.id, pid=pid)

    def leave(self, events: int) -> None:
        """In a fork: nothing of the zygote's own is open."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        own = [events, self.source, self.out, self.wake]
        for number in [*own, *(number for one in self.children.values() for number in (one.events, one.output))]:
            os.close(number)

    def relay(self, child: Child) -> None:
        if child.id not in self.children:
            return  # It was buried in this same turn: its last lines have been read, and its pipe is closed.
        if lines := child.read():
            write_all(self.out, lines)
        if child.is_over:
            # Nobody writes there any more; its end is told by a signal.
            self.forget_events(child)

    def forget_events(self, child: Child) -> None:
        if child.events in self.selector.get_map():
            self.selector.unregister(child.events)

    def take_ended(self) -> None:
        try:
            os.read(self.wake, 4096)
        except BlockingIOError:
            pass
        for child in list(self.children.values()):
            if os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
                self.bury(child)
        end_children({child.pid for child in self.children.values()})

    def bury(self, child: Child) -> None:
        # What it has started goes with it. Its number is not given again until it has been waited for.
        child.kill(signal.SIGKILL)
        _, status, used = os.wait4(child.pid, 0)
        write_all(self.out, child.read())
        self.forget_events(child)
        self.tell(
            "ended",
            id=child.id,
            code=os.waitstatus_to_exitcode(status),
            seconds=time.monotonic() - child.begin,
            cpu_seconds=used.ru_utime + used.ru_stime,
            peak_bytes=used.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
            output=child.last_words(),
        )
        child.close()
        del self.children[child.id]

    def end(self, code: int) -> None:
        for child in self.children.values():
            child.kill(signal.SIGKILL)
        end_children(set())
        os._exit(code)


def main() -> None:
    # While it imports, nobody reads its input.
    die_with_parent(os.getppid())
    out = own_output()
    source = os.dup(0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    adopt_orphans()
    zygote = Zygote(source, out)
    try:
        zygote.serve()
    except Exception:
        traceback.print_exc()
        zygote.end(1)


if __name__ == "__main__":
    main()
