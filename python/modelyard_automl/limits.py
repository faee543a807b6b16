"""What a process may take, and that none outlives the one that started it."""

import ctypes
import os
import resource
import signal
import sys

DIE_WITH_PARENT = 1
ADOPT_ORPHANS = 36


def die_with_parent(parent: int) -> None:
    """However that ends. @param parent its id, which may have ended already"""
    if system_call(DIE_WITH_PARENT, signal.SIGKILL) and os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def live_without_parent() -> None:
    """What `die_with_parent` asked for is taken back."""
    system_call(DIE_WITH_PARENT, 0)


def adopt_orphans() -> None:
    """Whoever loses its parent below this process becomes a child of it, so that it is found and ended."""
    system_call(ADOPT_ORPHANS, 1)


def system_call(option: int, value: int) -> bool:
    if sys.platform != "linux":
        return False
    return ctypes.CDLL(None).prctl(option, value, 0, 0, 0) == 0


def limit_memory(more: int) -> None:
    """Bytes that this process, and each that it starts, may allocate beyond what it has. Asking for more is a MemoryError."""
    if sys.platform != "linux":
        return
    limit = allocated() + more
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def allocated() -> int:
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmData:"))


def be_first_to_go() -> None:
    """When the whole machine runs out of memory."""
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("500")
    except OSError:
        pass  # Another system.


def limit_threads(threads: int) -> None:
    """For libraries that are loaded already, and by their variables for programs that are started."""
    from threadpoolctl import threadpool_limits

    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
        os.environ[name] = str(threads)
    # What joblib takes for all cores.
    os.environ["LOKY_MAX_CPU_COUNT"] = str(threads)
    threadpool_limits(limits=threads)
